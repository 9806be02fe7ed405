extension GuardLexicon {
    mutating func addGerman() {
        add(
            function: """
                der die das den dem des ein eine einen einem einer eines ich du er sie es wir ihr mich mir dich dir \
                uns euch mein meine meinen meinem meiner dein deine sein seine ist sind war waren bin bist hat habe \
                haben hatte wird werden wurde kann können könnte muss müssen soll und oder aber wenn dann zu zum zur \
                von vom im am auf für mit bei nach aus über an in um wie wo was wer welche welcher welches warum \
                wieso weil dass ob auch noch schon bitte
                """, .german)
        add("wie wo was welche welcher welches") { $0.asksForWay = true }
        add(
            "nicht nie niemals nichts niemand nirgends ohne weder kein keine keinen keinem keiner keines",
            negator: .plain,
            .german)
        add(
            numerals: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
            from: 0, .german)
        add(numerals: "sechzehn siebzehn achtzehn neunzehn", from: 16, .german)
        add(numerals: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", from: 20, step: 10, .german)
        add(scale: "hundert", 100, .german)
        add(scale: "tausend", 1_000, .german)
        add(scale: "million", 1_000_000, .german)
        add(scale: "millionen", 1_000_000, .german)
    }
}
