"""Invented handbooks in versions, each made from the one before by what editors really do."""

_LIBRARY = """\
Readers may borrow up to eight volumes at a time, of which two may be bound maps.
A volume is lent for four weeks and may be renewed twice, in person or by letter.
Fines are not charged, but who keeps a volume for a year is asked to pay for a new one.
The reading room opens at nine and closes when the last reader has put on a coat.
Ink is not allowed beside manuscripts; pencils lie in the drawer under the window.
Children under ten are welcome until five if they bring somebody who can reach the shelves.
Books that fell into water should be brought back wet and wrapped, never dried on a stove.
Photographs may be taken without a flash of anything that is older than its librarian.
"""
_LIBRARY_ADDED = """\
Volumes lent to other libraries travel in the green crate and are insured for its weight in silver.
A reader who finds a letter in a book hands it in; it is catalogued before it is answered.
Gloves are not worn, as clean fingers feel a tear sooner than cotton does.
The catalogue is on cards up to 1994 and on two screens from then on, and both are right.
Dogs may lie under the third table as long as nobody minds and nothing is chewed.
Microfilm is kept cold, so ask for a reel on the evening before you need it.
"""
_KITCHEN = """\
Knives are carried with the point to the floor and put down where everybody can see them.
Milk is boiled on the day it comes and carries the date of its boiling on the lid.
Nobody tastes from the ladle; the small spoons in the jar are used once and washed.
The bread oven is lit at three by whoever has the key, and cleaned by the last to leave.
Salt is weighed for more than twenty guests and thrown by hand for fewer.
Fish is bought from Marten at the pier or not at all, because he says when it is old.
A guest who is allergic is told what is in a dish by the person who made it.
Left-over soup goes to the night shelter in the tall pots before ten.
"""
_KITCHEN_ADDED = """\
Pots with a cracked handle hang upside down until Saturday, when the smith comes by.
Apprentices learn the cold dishes first and may touch the roasting spit in their second winter.
Herbs are cut in the yard before sunrise from May to September and dried in the loft after that.
The fire blanket hangs left of the door and is shaken out on the first day of every month.
Eggs float or sink in the blue bowl, and what floats is not argued about.
Accounts are written on the slate and copied into the book once the chairs are on the tables.
"""
_ALLOTMENT = """\
Each plot is nine paces wide and is measured again in February by two neighbours.
Water may be drawn from the butt until the white line shows and from the brook after rain.
Trees higher than the shed need the consent of whoever loses the morning sun.
Bonfires are lit on the gravel on Wednesdays if the flag on the gate hangs still.
Compost is turned by everybody in the order of the list on the door of the hut.
A plot that has not been dug by the end of May goes to the first name in the grey book.
Hens are allowed, cocks are not, and geese need a vote.
Tools from the hut are wiped, oiled and hung on their own outline.
"""
_ALLOTMENT_ADDED = """\
Slugs are collected at dusk and taken over the bridge, which is further than they can crawl.
Bees belong to the allotment as a whole and their honey is shared by the number of rows dug.
The gate is locked at nine in summer, and who is inside by then climbs over by the pear tree.
Seed potatoes are ordered together in January from the farm that had no blight.
Visitors may pick what hangs over the path and thank whoever is nearest.
The scarecrow is dressed anew every spring by the plot that had the worst year.
"""


def _versions(first, added):
    """Six versions: paragraphs come in, words are mended, one goes its own way."""
    first, added = first.splitlines(), added.splitlines()
    one = list(first)
    two = [*one[:3], added[0], *one[3:]]
    three = [
        *two[:5],
        two[5].replace(" is ", " is always ").replace(" are ", " are now "),
        *two[6:],
    ]
    three.insert(7, added[1])
    four = [*three[:2], added[2], *three[2:], added[3]]
    five = [each for k, each in enumerate(four) if k != 4]
    five.insert(9, added[4])
    # Made from the third one and by somebody else.
    branch = [*three[:6], added[5], *three[6:]]
    made = {"v1": one, "v2": two, "v3": three, "v4": four, "v5": five, "w4": branch}
    return {name: "\n\n".join(lines) for name, lines in made.items()}


EDGES = {("v1", "v2"), ("v2", "v3"), ("v3", "v4"), ("v4", "v5"), ("v3", "w4")}
HANDBOOKS = {
    "library": _versions(_LIBRARY, _LIBRARY_ADDED),
    "kitchen": _versions(_KITCHEN, _KITCHEN_ADDED),
    "allotment": _versions(_ALLOTMENT, _ALLOTMENT_ADDED),
}
