extension GuardLexicon {
    mutating func addEnglish() {
        add(
            function: """
                a an the i you he she it we they me him her us them my your his its our their this that these those \
                is are was were be been being am do does did have has had having will would can could shall should \
                may might must to of in on at by for with from into onto as and or but if then than so there here \
                any some yet still even also just ever please im ive ill id youre youve theyre hes shes its were \
                thats theres whats up out off over about after before when while because which what who whom whose \
                where why how get really very too only able kindly hi hello hey thanks thank
                """, .english)
        add("i you he she it we they this that there these those im") { $0.isPronoun = true }
        add("how where what which whats wheres hows who") { $0.asksForWay = true }
        add("need want wanna help assistance trying tell show") { $0.asksForWay = true }
        add(
            "dont doesnt didnt wont wouldnt shouldnt isnt arent wasnt werent hasnt havent hadnt aint",
            negator: .auxiliary, .english)
        add("mustnt neednt shant", negator: .auxiliary, .english)
        add("cant cannot couldnt", negator: .inability, .english)
        add("unable", negator: .unable, .english)
        add("not", negator: .not, .english)
        add("no", negator: .no, .english)
        add("never without none nothing nobody nowhere", negator: .plain, .english)
        add("neither", negator: .neither, .english)
        add("top best greatest") { $0.marksList = true }
        add("ways tips reasons examples") { $0.marksList = true }
        addMarks()
        addEnglishNumerals()
    }

    private mutating func addMarks() {
        let marks: [(WordRole.Mark, String)] = [
            (.only, "only"), (.or, "or"), (.why, "why"), (.ifWord, "if"), (.mind, "mind"), (.can, "can could"),
            (.firstPerson, "i we"), (.and, "and"), (.evening, "pm"), (.times, "times"),
            (.know, "know understand sure remember"),
        ]
        for (mark, words) in marks {
            add(words) { $0.mark = mark }
        }
    }

    private mutating func addEnglishNumerals() {
        add(
            numerals: """
                zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                sixteen seventeen eighteen nineteen
                """, from: 0, .english)
        add(numerals: "twenty thirty forty fifty sixty seventy eighty ninety", from: 20, step: 10, .english)
        add(scale: "dozen", 12, .english)
        add(scale: "hundred", 100, .english)
        add(scale: "thousand", 1_000, .english)
        add(scale: "lakh", 100_000, .english)
        add(scale: "lakhs", 100_000, .english)
        add(scale: "million", 1_000_000, .english)
        add(scale: "crore", 10_000_000, .english)
        add(scale: "crores", 10_000_000, .english)
        add(scale: "billion", 1_000_000_000, .english)
        let ranks = "first second third fourth fifth sixth seventh eighth ninth tenth"
        for (index, word) in ranks.split(separator: " ").enumerated() {
            add(String(word)) {
                $0.numeral = .rank(Int64(index) + 1)
                $0.numeralLanguages.formUnion(.english)
            }
        }
        // Roman numbers that are no word or name: "World War III". Single letters, VI and XI are left alone.
        for (word, value) in [("ii", 2), ("iii", 3), ("iv", 4), ("vii", 7), ("viii", 8), ("ix", 9)] as [(String, Int64)]
        {
            add(word) {
                $0.numeral = .small(value)
                $0.numeralLanguages.formUnion(.all)
            }
        }
    }
}
