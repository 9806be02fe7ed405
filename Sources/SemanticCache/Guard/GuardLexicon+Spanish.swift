extension GuardLexicon {
    mutating func addSpanish() {
        add(
            function: """
                a el la los las un una unos unas de del al yo tú él ella nosotros ellos me te se nos mi mis tu tus su \
                sus este esta estos estas ese esa eso es son soy está están estoy ser estar ha he han haber hay \
                tengo tiene puedo puede pueden debo y o pero si para por con en sobre que qué quién cuál cuáles cómo \
                dónde cuándo cuánto porque lo le
                """, .spanish)
        add("cómo dónde qué cuál cuáles como donde") { $0.asksForWay = true }
        add("nunca jamás sin tampoco", negator: .secondHalf, .spanish)
        add("nada nadie ningún ninguno ninguna", negator: .secondHalf, .spanish)
        // "no" has its English role; the reader treats it as an opener in a Spanish text.
        add("no") { $0.negatorLanguages.formUnion(.spanish) }
        for (index, word) in "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince".split(
            separator: " "
        ).enumerated() {
            add(numerals: String(word), from: Int64(index) + 2, .spanish)
        }
        add(numerals: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", from: 20, step: 10, .spanish)
        add(scale: "cien", 100, .spanish)
        add(scale: "ciento", 100, .spanish)
        add(scale: "mil", 1_000, .spanish)
        add(scale: "millón", 1_000_000, .spanish)
        add(scale: "millones", 1_000_000, .spanish)
    }
}
