import Testing

@testable import SemanticCache

@Suite("How fast answers change, by the words of the question")
struct VolatilityTests {
    @Test("In each language the words of the moment and of the day are found", arguments: [
        ("What's the weather in Oslo?", Volatility.momentary), ("What is the EXCHANGE RATES page?", .momentary),
        ("Who is online right now", .momentary), ("What is the latest version?", .daily),
        ("How much is the blue kettle?", .daily), ("Are you open today?", .daily), ("Today's news, please", .daily),
        ("Wie ist das Wetter in Kiel?", .momentary), ("Was kostet der Kessel heute?", .daily),
        ("Welche Öffnungszeiten habt ihr?", .daily), ("Quel temps fait-il à Lyon ?", .momentary),
        ("Quel est le prix aujourd'hui ?", .daily), ("¿Qué hora es en Lima?", .momentary),
        ("¿Cuánto cuesta la tetera?", .daily), ("Che tempo fa a Roma?", .momentary), ("Quanto costa oggi?", .daily),
        ("Que horas são?", .momentary), ("Quanto custa a chaleira?", .daily), ("Hoe laat is het?", .momentary),
        ("Wat is de prijs van de ketel?", .daily),
    ] as [(String, Volatility)])
    func found(question: String, volatility: Volatility) {
        #expect(Volatility(of: question) == volatility)
    }

    @Test("Other questions last, also where such a word is a part of another one", arguments: [
        "How do I cancel an order?", "Who priced this?", "What does newsletter mean?", "Where is my todayish cap?",
        "Wie kündige ich?", "Comment annuler ma commande ?", "", "?",
    ])
    func lasting(question: String) {
        #expect(Volatility(of: question) == .lasting)
    }

    @Test("Of several the fastest counts; without a question nothing is known")
    func several() {
        #expect(Volatility(of: "What is the weather today and the price?") == .momentary)
        #expect(Volatility(of: nil) == .lasting)
    }

    @Test("Every language has words of both kinds, and no phrase is lost for the automaton's size")
    func table() {
        #expect(Set(VolatileWords.languages).count == VolatileWords.languages.count)
        #expect(VolatileWords.languages.count == 7)
        #expect(VolatileWords.classes.contains(.momentary) && VolatileWords.classes.contains(.daily))
        #expect(Volatility(of: "op voorraad") == .daily)
    }
}
