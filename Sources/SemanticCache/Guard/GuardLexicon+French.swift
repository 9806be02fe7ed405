extension GuardLexicon {
    mutating func addFrench() {
        add(
            function: """
                le la les un une des du de je tu il elle on nous vous ils elles me te se mon ma mes ton ta tes son \
                sa ses notre votre leur ce cet cette ces est sont suis es était été être ai as a avons avez ont \
                avoir peux peut pouvez puis dois doit faut et ou mais si pour par avec dans sur sous chez en à au \
                aux que qui quoi quel quelle quels quelles comment où pourquoi quand y
                """, .french)
        add("comment où quel quelle quels quelles quoi") { $0.asksForWay = true }
        add("ne", negator: .opener, .french)
        add("pas jamais sans aucun aucune rien", negator: .secondHalf, .french)
        add("plus personne point guère", negator: .onlyHalf, .french)
        for (index, word) in "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
            .split(separator: " ").enumerated()
        {
            add(numerals: String(word), from: Int64(index) + 2, .french)
        }
        add(numerals: "vingt trente quarante cinquante soixante", from: 20, step: 10, .french)
        add(scale: "cent", 100, .french)
        add(scale: "mille", 1_000, .french)
        add(scale: "million", 1_000_000, .french)
        add(scale: "millions", 1_000_000, .french)
    }
}
