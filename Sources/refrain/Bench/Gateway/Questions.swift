/// Questions that no cache has seen, in the three kinds the legs need.
enum Questions {
    private static let verbs = [
        "cancel", "change", "return", "track", "renew", "pause", "upgrade", "share", "export", "pay",
    ]
    private static let things = [
        "the order", "my subscription", "the invoice", "a gift card", "my account", "the delivery", "a voucher",
        "the warranty", "my payment card", "the reservation",
    ]
    private static let circumstances = [
        "abroad", "by phone", "online", "in the app", "for my team", "at night", "in person", "for a friend",
        "by mail", "on Sunday",
    ]

    /// 1,000 questions of a help desk, 10 tokens on average without the two the model puts around a text.
    static let base: [String] = verbs.flatMap { verb in
        things.flatMap { thing in circumstances.map { "How do I \(verb) \(thing) \($0)?" } }
    }

    private static let openings = [
        "", "Hi ", "Hello ", "Hey ", "Please: ", "Hi, ", "Hello, ", "Hey, ", "Team, ", "Hi all ", "Sorry, ",
        "Hey there ", "Hi team ", "Hello team ", "Hello there ", "Support: ",
    ]
    private static let endings = [
        "", " Thanks", " Please", " Cheers", " Ta", " Thank you", " Regards", " Many thanks", " Greetings",
    ]

    /// How many rewordings there are before the first comes again.
    static let rewordings = base.count * (openings.count * endings.count - 1)

    /// The `number`-th rewording of a base question: the same question with other words around it, 12.6
    /// tokens on average.
    static func rewording(_ number: Int) -> String {
        let question = base[number % base.count]
        // The first of all, nothing before and nothing behind, would be the base question itself.
        // Taken in strides, so that every thousand has its share of long ones.
        let manner = number / base.count * 37 % (openings.count * endings.count - 1) + 1
        return openings[manner % openings.count] + question + endings[manner / openings.count]
    }

    /// 256 words of one token each, or nearly.
    private static let words = """
        river engine copper violin harbour winter pepper glacier saddle lantern museum orbit candle forest \
        hammer island jungle kettle ladder marble needle oyster pencil quarry rocket sparrow temple umbrella \
        valley walnut yellow zebra anchor basket cactus desert eagle falcon garlic helmet insect jacket knight \
        lemon magnet nickel onion parrot rabbit silver tunnel velvet wagon bridge castle dragon fossil gravel \
        honey ivory jasmine maple otter piano apple arrow attic autumn badge bacon ballet bamboo banjo barrel \
        beach beetle bench bishop bottle boulder bronze bucket butter button camera canal canvas carpet carrot \
        cattle cave cedar cello chalk cherry chess circus clay cliff clock cloud cobra coffee comet coral corn \
        cotton couch crane crayon cricket crown curtain daisy dancer diamond dinner dollar donkey drawer drum \
        elbow ember fabric farmer feather fiddle finger flame flour flute fountain fox frost galaxy gallery \
        garden giant ginger glove goat grape guitar hazel hedge heron horse hotel hunter icon ink iron jaguar \
        jewel judge juice kayak kitten lake lamb laser lawyer leaf lever lily lion lizard lobster lunch mango \
        mask meadow medal melon mirror monkey moon moth motor mouse nest night novel oak ocean olive opera \
        orange orchid oven owl paint palace panda paper peach pearl pebble pepperoni pigeon pillow pine pirate \
        planet plum poet pond potato prince puzzle queen quilt radio rain raven ribbon ring robin robot roof \
        rope rose ruby sailor salmon salt sand scarf school sea seed shark sheep shell ship shirt shoe silk \
        singer skirt snake snow soap sofa soup spider spoon squid stairs star steam stone storm sugar summer \
        sun
        """.split(separator: " ").map(String.init)

    /// A question about eight words that were drawn for `number`: alike no other, 11 tokens on average.
    static func unrelated(_ number: Int) -> String {
        // SplitMix64 (Steele, Lea and Flood 2014): eight bits a word.
        var bits = UInt64(truncatingIfNeeded: number) &+ 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return (0..<8).map { words[Int((bits >> UInt64($0 * 8)) & 255)] }.joined(separator: " ") + "?"
    }
}
