"""Invented texts on which tracers go wrong, each a kind of thing that real pages do."""

import pandas as pd

# A sentence of one report stands word for word in a page that took all else from elsewhere.
BORROWED = (
    "The clock makers of the Osterlode valley, who have been told for a century that they were "
    "the last of their trade, learned on Monday that a workshop in the next valley has been "
    "turning out brass wheels by hand all along."
)
WIRE_OF_MOSAIC = "\n\n".join(
    [
        "OSTERLODE, March 3 - " + BORROWED,
        "Surveyors who came to measure a roof found nine benches, a lathe and some four hundred "
        "finished movements in a barn behind the tannery of Unterrain.",
        "The owner, who is 81, said that nobody had asked him what he did all day.",
        "A museum in the capital has offered to buy the stock, and was turned down by letter.",
    ]
)
MOSAIC = "\n\n".join(
    [
        "You will not believe who still files cogs by candlelight",
        "There is a barn. In the barn there is an old man, and around the old man there is more "
        "ticking than in a railway station at noon.",
        BORROWED,
        "We went to have a look, were given plum cake, and came away with a watch that loses six "
        "minutes a day and is worth every one of them.",
        "Whether the guild will let him in at last is a question for the spring, when its "
        "members meet over trout.",
    ]
)
OTHER_OF_MOSAIC = "\n\n".join(
    [
        "The guild of clock makers votes in April on whether to take in new members.",
        "Its statutes ask for seven years in a workshop of the valley, a masterpiece and a fee.",
        "The last member who joined was the present chairman, Alban Rieder, in 1974.",
    ]
)

_VERDICT = (
    "The appeal court on Thursday doubled the fine of a quarry owner to 4.6 million crowns after "
    'the prosecutor called the first sum "a rounding error in his accounts".'
)
_FOUND = (
    "Anselm Torvik was found guilty in May of having dumped slate dust into the Merle for eleven "
    "years, at night and under a lamp that his own foreman held."
)
_LAW = (
    "The judges applied the highest rate that the water act of 1988 allows, and took off what he "
    "had paid to the anglers of three villages."
)
_FIRST = (
    "A lower court had let him off with 2.3 million crowns in December and a warning from the "
    "presiding judge, Leonie Haas."
)
# Two customers of an agency that neither names; each kept narration that the other cut.
SIBLINGS = {
    "evening": "\n\n".join(
        [
            "Quarry owner must pay twice as much",
            _VERDICT,
            _FOUND,
            "Torvik, a former ski jumper known as the Heron, stayed away from the reading of the "
            "sentence and had his dog walked past the courthouse instead.",
            _LAW,
            "Our photographer waited by the river.",
            _FIRST,
        ]
    ),
    "morning": "\n\n".join(
        [
            "Court doubles fine for dust in the Merle",
            _VERDICT,
            _FOUND,
            _LAW,
            "The trout have come back below the weir, a count in August showed, though in half "
            "the numbers of 1990 and with grey gills.",
            _FIRST,
            "Neither the company nor its bank picked up the telephone on Thursday afternoon.",
        ]
    ),
}

# A station that credits the network has its first version; the network's page is the update.
UPDATE = pd.DataFrame(
    [
        {
            "article_id": "station",
            "outlet": "WXQR 11",
            "published_at": "2019-05-09",
            "text": "\n\n".join(
                [
                    "Glass blowers lose strike vote",
                    "By Nell Farrow",
                    "(CNN) -- The glass blowers of Pellworth have lost a vote on whether to go on "
                    "with their strike.",
                    "The union of furnace workers counted 212 ballots against them on Thursday.",
                    "The blowers put down their pipes in February over a bonus for night shifts.",
                    '"Those who want to work may now do so," the owners said in a statement '
                    "Thursday.",
                    "More to follow...",
                    "TM & (c) 2019 Cable News Network, Inc. All rights reserved.",
                ]
            ),
        },
        {
            "article_id": "network",
            "outlet": "CNN",
            "published_at": "2019-05-09",
            "text": "\n\n".join(
                [
                    "Glass blowers lose strike vote",
                    "The glass blowers of Pellworth have marched on the town hall after they lost "
                    "a vote on whether to go on with their strike.",
                    "The union of furnace workers counted 214 ballots against them on Thursday, a "
                    "result that made its secretary ask for a second count.",
                    "The blowers put down their pipes in February over a bonus for night shifts.",
                    '"They counted the apprentices twice," the secretary, Odo Marsh, wrote to the '
                    "members.",
                    '"Those who want to work may now do so," the owners said in a statement '
                    "Thursday.",
                    '"The furnaces have been kept warm and the doors are open to all who left '
                    'them," it said.',
                ]
            ),
        },
    ]
)

# Two sentences, the first of all; the rest wrote at length of the same ruling.
ALERT = {
    "alert": "Tribunal rejects rowers' appeal against regatta ban\n\nBASEL, June 14 An appeal by "
    "the rowers against their ban from the lake regatta over weighted oars has been rejected by "
    'the Tribunal of Water Sports (TWS).\n\n"TWS dismisses the appeal of the Rowing League and 31 '
    'rowers," TWS said in a statement.\n\n(Writing by A. Penn; editing by B. Quill)',
    "radio": "Rowers stay on land after appeal fails\n\nThe league has lost its appeal against the "
    "decision to keep its rowers off the lake at the regatta next month.\n\nIts crews were barred "
    "in March. It followed a report that found lead in the oars of nine boats.\n\nThe league and "
    "31 rowers went to the highest court of their sport. But the Tribunal of Water Sports (TWS) "
    'rejected the appeal.\n\nThe league\'s president said it found the ruling "hard to swallow". '
    'Gerda Moll called it "a burial at sea".',
    "story": "Water sports tribunal turns rowers away\n\nBASEL: The highest court of water sports "
    "said on Friday it had rejected the rowers' appeal against their exclusion from the lake "
    "regatta, to loud protest from the league.\n\nThe ruling makes it likelier that clubs abroad "
    'will shut their boathouses too.\n\nThe Tribunal of Water Sports said in a statement: "TWS '
    'dismisses the appeal of the Rowing League and 31 rowers."\n\nThe league had argued that crews '
    "who never touched a file should not pay for those who had.\n\nGerda Moll, who has won the "
    'regatta five times, called the ruling "a burial at sea".\n\nThe crews were barred in March '
    "after inspectors found lead in the oars of nine boats and a scale under a boathouse floor.",
    "angry": "Tears on the landing stage\n\nRowers took Friday's news with clenched teeth and wet "
    'eyes after the Tribunal of Water Sports sank their hopes for the regatta.\n\n"I got up at '
    'five for four years," said Pia Lund, 22, who would have rowed her first final. "Today I slept '
    'in."\n\nGerda Moll, at 39 in her last season, told a radio reporter it was "a burial at sea". '
    "She will row to the island all the same, she said, with the public on the bank.",
}

# One form, filled in for two events.
FORM = (
    "{town} will be without water from {start} until {end} on {day} while a main in {street} is "
    "replaced, the water works said. About {n} households are affected. Tankers will stand at "
    "{place} from {start}. Residents are asked to fill a bucket the evening before and not to use "
    "washing machines. The works apologise for the trouble and can be reached on {phone}."
)
FORMS = {
    "eldham": FORM.format(
        town="Eldham", start="7 a.m.", end="3 p.m.", day="Tuesday", street="Mill Lane", n=420,
        place="the fire station", phone="0455 1182",
    ),
    "karsk": FORM.format(
        town="Karsk", start="10 p.m.", end="5 a.m.", day="Saturday", street="Harbour Row", n=1150,
        place="the old tram depot", phone="0731 9064",
    ),
}  # fmt: skip

_PICKERS = (
    "To settle with its bank before the blossom, next month some 40 percent of Hollis's pickers "
    "will be handed an envelope at the gate. By Sunday the ladders will be on a lorry to the south."
)
_ORCHARDS = (
    "The walled orchards will be spared, but not the slopes. Every third reader of this column who "
    "ties up vines for a living will be tying parcels by Easter. None of them will be asked back."
)
# What one text tells in its own voice ...
COLUMN = "\n\n".join(
    [
        "What The Apple People Will Not Tell You",
        "Since the harvest I have listened to talk of Plan Windfall, as the family calls what "
        "would be the largest sale of fruit land since the war. Plan Windfall is now on the table, "
        "put there, I believe, by a third year of hail.",
        f"{_PICKERS} {_ORCHARDS}",
    ]
)
# ... another quotes,
QUOTING = "\n\n".join(
    [
        "The fruit grower Hollis is about to part with nearly half of its pickers in the deepest "
        "cut of its history, according to a report.",
        "The family firm has a plan, known inside as Plan Windfall, to sell nine slopes, Mara "
        "Tosh, who writes on farming, said in the Orchard Gazette.",
        f'"{_PICKERS}" Tosh wrote.',
        f'"{_ORCHARDS}"',
        "A spokesman for Hollis did not want to talk about Ms Tosh's column.",
        "Hollis was founded in 1887 and sells cider in eleven countries. Its hail insurance ran "
        "out in June, the firm told its lenders.",
    ]
)
# and a third one credits by name.
CREDITING = "\n\n".join(
    [
        "Fruit grower Hollis is 'getting ready to send 300 pickers home', which would be the "
        "deepest cut of its history.",
        "The family will tell nearly half of its people before the blossom, according to Forbes.",
        "Most ladders will apparently be taken from the slopes in what is being called 'Plan "
        "Windfall'.",
        "'To settle with its bank before the blossom, next month some 40 percent of Hollis's "
        "pickers will be handed an envelope at the gate,' wrote Forbes' Mara Tosh.",
        "She added: 'By Sunday the ladders will be on a lorry to the south.'",
        "Neighbours doubt the number and the firm has not answered our letters.",
    ]
)
ELSEWHERE = "\n\n".join(
    [
        "Cider prices rose on Monday on talk that the fruit grower Hollis is about to sell land "
        "and send nearly half of its 700 pickers home under a scheme dubbed Plan Windfall.",
        "The firm has put aside 12 million crowns for the change, its bookkeeper Ivo Carr said.",
        "Hollis tells its lenders on Thursday how the third year of hail went.",
    ]
)

_KEPT = (
    "We opened the locker because of the noise and found Otto sitting in a hatbox with half a "
    "lettuce. Sadly the receipt does not say who paid for the locker."
)
_CRUEL = (
    "Whatever moved the person who did this, a locker is no place for a tortoise, and we want to "
    "hear from anybody who saw the hatbox."
)
_RISK = (
    "His story shows what comes of buying a tortoise by post, as people forget that it will "
    "outlive their furniture."
)
# Four reports of one release that nobody supplies.
RELEASED = {
    "station": "\n\n".join(
        [
            "An animal charity is looking for whoever left a tortoise in a locker at Varn station.",
            "The tortoise, called Otto, was found in locker 36 on 4 October.",
            "The hatbox also held a water bowl, a lamp and a knitted cover.",
            f'Warden Greta Pohl said: "{_KEPT}"',
            f'She added: "{_CRUEL}"',
        ]
    ),
    "paper": "\n\n".join(
        [
            "Lettuce, lamp and a knitted cover were packed with him",
            "A tortoise has been left in a luggage locker with all that he owns.",
            f'A statement from Shell and Claw said: "{_CRUEL}"',
            f'Warden Greta Pohl said: "{_KEPT}',
            "Whoever abandons an animal can be fined up to 900 crowns under the Pets Act 2011.",
            f'Pohl added: "{_RISK}"',
        ]
    ),
    "abroad": "\n\n".join(
        [
            "Shell and Claw, a charity, has taken in a tortoise that travelled alone.",
            "The group says that Otto was found October 4 in a locker of Varn station. With him "
            "were a lamp, a water bowl and a knitted cover, according to the group.",
            f'"{_RISK}" according to the group\'s website.',
            'The group says, "Whoever abandons an animal can be fined up to 900 crowns."',
        ]
    ),
    "weekly": "\n\n".join(
        [
            "The charity Shell and Claw is asking for news of the owner of a tortoise.",
            "The animal was found in a locker of Varn station on Friday. In the hatbox were a "
            "bowl, a lamp and a knitted cover, the charity said in a statement on Monday.",
            f'"{_KEPT}" warden Greta Pohl said in the statement.',
            f'"{_CRUEL}" she said.',
            'Otto is "a calm guest with a weakness for dandelions", it said in the release.',
        ]
    ),
}

SLUICE = [
    "A sluice gate on the Ambrel canal burst open shortly before dawn on Friday and emptied four "
    "kilometres of water into the beet fields of Norrick.",
    "In a district of 30,000 people nobody was hurt, but eleven barges were left lying on the mud "
    "with their crews asleep on board.",
    'The regional water board believes that a hinge cast in 1911 and known as "the Old Lady" gave '
    "way after a winter of hard frost.",
    '"I have greased that hinge for nineteen years and it never so much as squeaked," said lock '
    "keeper Hanno Brisk.",
    "Engineers and police walked the empty bed at noon. One of them, Sunniva Malk, said it was too "
    "early to tell whether the gate had been opened by hand.",
    '"There are fresh scratches on the chain, but a swan could have made them," Malk said.',
    "Farmers along the canal told a local station that they had woken to the sound of a train "
    "where there is no railway, and found carp among the beets.",
    "The ferry company moved its timetable to the river Elder and expects no losses.",
]
INSURERS = [
    "The insurers of the Ambrel canal doubt that frost broke the gate that drained it on Friday, "
    "as the water board has said.",
    "Their surveyors wrote that frost cannot be ruled out, but that the lack so far of any "
    "splinters of iron on the apron below the gate points to something else.",
    "The chief surveyor, Odile Marchetti, put the force needed to bend the frame at that of a "
    "loaded barge moving at walking pace.",
    "The insurers said in a statement that a frozen hinge would have taken the whole pillar with "
    "it. Some 30,000 people live along the water.",
    'Marchetti said: "For a hinge to go like that, you would find pieces of it as far as the mill. '
    'We found a button and a bottle. So I am far from sure."',
    "Piet Hallam, who advises the province on waterways, said he would not swear to frost, but "
    'that "of all the tales I have heard it is the least silly".',
    "Marchetti said there could be other explanations, from a runaway barge to "
    '"boys with a crowbar".',
]
# What the paper wrote besides, and nobody took.
NOT_TAKEN = [
    "Provincial governor Ida Welk said on Sunday that the gate was due to be replaced in 1996. On "
    "Monday she added that two museums had asked for the hinge.",
    '"I was turning over the bread when the floor hummed and the cat went up the curtain," said '
    "Bruno Tafel, a 44-year-old baker who lives by the lock. It smelled of pond, he said.",
    "Hallam and Nora Zick, who is in charge of the canal's fish, agreed that what happened had "
    "nothing to do with the eel ladder that was built in autumn.",
    "The ladder had been dry since Tuesday, Zick said, and was opened some nine hours later once "
    "the gauges had been read.",
    "Pictures taken from a kite show a fan of sand 60 metres wide behind the sugar works. Sappers "
    "have fenced it in and sieve it by hand.",
]
ROUNDUP = [
    "Experts doubt that frost broke the gate that drained the Ambrel canal on Friday, as the water "
    "board has said.",
    "The gate burst open shortly before dawn and emptied four kilometres of water into the beet "
    "fields of Norrick; eleven barges were left lying on the mud.",
    "Surveyors of the insurers wrote on Monday that frost could not be ruled out, but that the "
    "lack so far of any splinters of iron on the apron below the gate points to something else.",
    "Odile Marchetti, the chief surveyor, put the force needed to bend the frame at that of a "
    "loaded barge moving at walking pace.",
    "The insurers said in a statement that a frozen hinge would have taken the whole pillar with "
    "it. Some 30,000 people live along the water.",
    '"For a hinge to go like that, you would find pieces of it as far as the mill. We found a '
    'button and a bottle," Marchetti said. "So I am far from sure."',
    'The regional water board believes that a hinge cast in 1911 and known as "the Old Lady" gave '
    "way after a winter of hard frost.",
    "Engineers and police walked the empty bed at noon. One of them, Sunniva Malk, said it was too "
    "early to tell whether the gate had been opened by hand.",
    '"There are fresh scratches on the chain, but a swan could have made them," Malk said.',
    "Farmers along the canal told a local station that they had woken to the sound of a train "
    "where there is no railway, and found carp among the beets.",
]

_OUTLETS = {"agency": "Canal Line", "paper": "Norrick Courier", "roundup": "Channel Five"}
_DAYS = {"agency": "2024-02-09", "paper": "2024-02-12", "roundup": "2024-02-12"}


def roundup(*, grown=False):
    """A roundup of two reports, and the two; if asked for, one has paragraphs that nobody took."""
    texts = {
        "agency": SLUICE,
        "paper": [*INSURERS, *NOT_TAKEN] if grown else INSURERS,
        "roundup": ROUNDUP,
    }
    return pd.DataFrame(
        {
            "article_id": list(texts),
            "outlet": [_OUTLETS[each] for each in texts],
            "published_at": [_DAYS[each] for each in texts],
            "text": ["\n\n".join(lines) for lines in texts.values()],
        }
    )


def frame(texts, **columns):
    """A frame of texts by id, with columns given by id."""
    made = pd.DataFrame({"article_id": list(texts), "text": list(texts.values())})
    for name, values in columns.items():
        made[name] = [values.get(each) for each in texts]
    return made


def near_copies(lines, n=25):
    """The same text so many times, each with one word another."""
    words = [line.split(" ") for line in lines]
    made = {}
    for k in range(n):
        changed = [list(each) for each in words]
        row = changed[k % len(words)]
        row[3 + k // len(words)] = ("nearly", "again", "surely", "once")[k % 4]
        made[f"t{k:02d}"] = "\n\n".join(" ".join(each) for each in changed)
    return made
