"""A made story of a council vote: versions of one report, another report, another matter."""

LEAD = (
    "The council of Brackenmoor voted on Tuesday night to close the Ellerby swimming baths, which "
    "have been open since 1931, after engineers found cracks in the roof of the main hall."
)
ENGINEERS = (
    "The engineers, from the firm Tolland Marsh, told councillors that steel beams above the deep "
    "end had rusted through in four places and that repairs would cost 3.2 million crowns."
)
VOTE = (
    "Eleven members voted for the closure and nine against it. The leader of the council, Ottilie "
    "Renshaw, said that no vote in her time had been harder, but that nobody could ask children to "
    "swim under a roof that might fall."
)
SWIMMERS = (
    "About ninety swimmers, some of them in dressing gowns, followed the debate from the public "
    "gallery. The chairman of the Ellerby Otters, Casimir Dunmore, handed over a petition with "
    "6,400 names and asked for a delay of one year."
)
MONEY = (
    "The council has set aside 400,000 crowns for buses that will take school classes to the pool "
    "in Wrenfield, nineteen kilometres away, until the end of the next school year."
)
HISTORY = (
    "The baths were built by the Kestle brewery for its workers and given to the town in 1948. The "
    "tiled frieze of herons in the entrance is listed and will be taken down and stored."
)
LATER = (
    "A group of parents said on Wednesday that it would go to court to have the vote set aside, "
    "because two of the members who voted for the closure own shares in a company that has asked "
    "to build flats on the site."
)

FIRST = [LEAD, ENGINEERS, VOTE, SWIMMERS, MONEY]
VERSIONS = {
    "first": " ".join(FIRST),
    "second": " ".join([*FIRST, HISTORY]),
    "third": " ".join([*FIRST, HISTORY, LATER]),
    "fourth": " ".join(
        [
            LEAD.replace("on Tuesday night", "this week"),
            LATER,
            ENGINEERS.replace("3.2 million", "3.4 million"),
            VOTE,
            SWIMMERS,
            MONEY,
            HISTORY,
        ]
    ),
}
# By somebody else who sat in the same room.
OTHER_REPORT = (
    "There were boos and a few tears at Brackenmoor town hall as politicians pulled the plug on a "
    "pool where four generations learned the crawl. Casimir Dunmore swam his first length at "
    "Ellerby when he was five and his club, the Otters, has trained there ever since. He had hoped "
    "for twelve more months. Instead the doors shut on Sunday. Ottilie Renshaw looked pale when "
    "she read out the numbers, twenty hands in all, a majority of two. She blamed corrosion that a "
    "consultant from Tolland Marsh discovered in spring while looking for a leak. Opponents "
    "wondered why nothing had been spent on upkeep for a decade. A retired lifeguard who worked at "
    "the baths for thirty years told me she would bring flowers. Pupils will ride to Wrenfield "
    "instead, and the heron tiles, people hope, will find a museum that wants them."
)
# Another matter in the same town, with some of the same people.
OTHER_MATTER = (
    "A marching band from Wrenfield won the autumn contest in Brackenmoor on Saturday for the "
    "third year running, ahead of two bands from the coast and bell ringers that had come by "
    "ferry. Ottilie Renshaw, who leads the council, gave the prize, a silver horn made in 1902, to "
    "the drummer Hedwig Pascoe, aged fourteen. Rain kept the crowd small until noon, when the "
    "stalls of the Kestle brewery opened under the trees and the sun came out. The jury praised "
    "the winners for a waltz that none of them had played before this month. Casimir Dunmore, who "
    "has beaten the bass drum for the home side since his school days, said that second place was "
    "nothing to cry about and that the pies were the best he could remember. Next year the contest "
    "moves to Ellerby meadow, where there is room for more seats."
)
