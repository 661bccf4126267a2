"""The words of random names.

What is left out of coolname's lists, with the reason, and what is added to them.

Every word of coolname 5 was read next to every kind of partner; when it reads badly with even one,
it is out. Colours and sizes go where they describe people, animals where they insult them, and
words go that mean something else on a list of coding tasks ("bug", "python", "secret"). Each list
is for one reason, so that the next reader can argue with it.
"""

from __future__ import annotations

from typing import Final

LEFT_OUT: Final = frozenset(
    # the body, and how it looks
    "bald brawny broad bulky chubby curvy fat flat furry hairy lean meaty muscular shaggy skinny slim statuesque "
    "thick lumpy heavy ruddy attractive horned shapeless "
    # sex and gender
    "sexy hot naughty frisky perky loose rough swinging passionate provocative alluring stimulating rousing satisfied "
    "uncovered private innocent obedient girlish macho married mature gay straight unnatural romantic stirring juicy "
    "spicy sticky cherry banana eggplant cream vanilla scarlet cockatoo cockatrice cockle peacock booby boobook "
    "beaver cougar stallion swallow crab clam woodpecker oxpecker anaconda bull "
    # skin and hair
    "black white brown yellow red tan dark ebony ivory chocolate blond ginger "
    # peoples, nations and classes
    "aboriginal native primitive exotic urban international imported tuscan pygmy inscrutable nippy uber turkey kiwi "
    "camel crow wasp junglefowl raccoon mongrel urchin vagabond "
    # apes and monkeys: an old insult
    "ape baboon bonobo capuchin chimpanzee gibbon gorilla macaque mandrill monkey orangutan "
    # religion and politics
    "angelic demonic devout godlike hallowed heavenly heretic merciful miraculous omniscient infallible orthodox "
    "prophetic righteous spiritual woodoo zealous imperial imperious liberal radical rebel military utopian "
    "controversial vegan sassy copperhead "
    # insults
    "aloof annoying arrogant belligerent calculating cocky comical daffy daft devious evasive finicky gabby garrulous "
    "greedy grumpy hysterical crazy berserk fanatic loutish ludicrous manipulative messy mutant nondescript notorious "
    "outrageous pompous sarcastic simple sloppy sly slick snobbish stereotyped tacky uppish uptight vengeful mystic "
    "coot cow cuckoo dinosaur dodo dog donkey bustard buzzard chicken dingo goose hog hyena jackal leech lemming loon "
    "pig rat sheep shrew shrimp skunk slug snake sponge swine toad trout vulture warthog weasel whale woodlouse "
    "worm catfish jellyfish lush flashy "
    # crime, drugs, death, illness and threats
    "aggressive dangerous furious illegal inescapable lurking venomous undetectable positive psychedelic acrid rampant "
    "vehement invisible hissing screeching kickass wine mushroom pillbug mule coyote locust whippet chupacabra "
    # words that mean something else on a list of coding tasks
    "bug python ruby crystal swift secret flounder abstract automatic tested functional agile prompt "
    "original just certain crystal delectable emotional strange peculiar bizarre indefinable teal".split()
)
"""Words of coolname that no random name uses."""

MORE_ADJECTIVES: Final = tuple(
    "amicable balmy blissful breezy buoyant carefree cosmic cozy crisp dapper dauntless dreamy drifting earnest "
    "floating frosty gallant gliding glowing hardy hearty jaunty jubilant lucid lunar lustrous patient peaceful "
    "playful polished rippling rosy scenic serene shimmering snowy soaring solar starry stellar sunlit sunny tranquil "
    "trusty twinkling verdant vibrant windy woven zesty".split()
)
"""Weather, light and good humour, which sit well beside anything."""

MORE_NOUNS: Final = tuple(
    # trees and flowers
    "acacia alder aspen bamboo banyan beech birch bluebell bonsai bramble buttercup cactus camellia cedar clover "
    "crocus cypress dahlia daisy elder elm fern fir freesia gardenia hawthorn hazel heather holly "
    "hyacinth iris ivy juniper "
    "larch laurel linden lotus lupin magnolia maple moss oak palm peony petunia pine poplar primrose redwood reed "
    "rosemary rowan sequoia sorrel spruce sunflower sycamore thyme tulip walnut willow yarrow zinnia "
    # land and water
    "archipelago atoll bay beach brook canyon cascade cavern cliff cove creek delta dune estuary fjord forest fountain "
    "geyser glacier glade glen grotto grove gulf harbor highland hill island isle lagoon lake marsh meadow mesa "
    "mountain oasis ocean orchard pasture peninsula pond prairie reef ridge river savanna shore stream summit "
    "tundra valley volcano waterfall woodland "
    # sky
    "asteroid aurora breeze cloud comet cosmos dawn dusk eclipse equinox galaxy horizon meteor monsoon nebula nova "
    "orbit planet pulsar quasar snowflake solstice starlight sunrise sunset supernova twilight zephyr "
    # things made to play, travel and find the way
    "accordion anchor banjo beacon bell bridge canoe caravan carousel castle cello clarinet compass flute gondola "
    "guitar harmonica harp kaleidoscope kayak kettle kite lantern lighthouse lute mandolin marimba "
    "mosaic oboe piano piccolo "
    "prism pyramid raft sailboat schooner sextant sitar sundial tambourine teapot telescope trombone tuba ukulele "
    "viola violin windmill xylophone zither".split()
)
"""Plants, places, the sky and instruments: nobody is called one to offend."""
