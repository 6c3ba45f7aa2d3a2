"""Settings of all tests."""

import hypothesis

# No test asserts a time: a busy machine is no bug.
hypothesis.settings.register_profile("lineage", deadline=None)
hypothesis.settings.load_profile("lineage")
