"""What makes and checks the weights: fits, evaluation against known lineages, simulated stories."""
