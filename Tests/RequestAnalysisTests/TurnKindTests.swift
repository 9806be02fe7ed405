import GatewayCore
import Testing

@testable import RequestAnalysis

@Suite("How questions hang together with what was said")
struct TurnKindTests {
    @Test("A whole question can be understood alone, in each language", arguments: [
        "How do I reset my password?", "What are the opening hours of the museum?", "Can I pay with a credit card?",
        "Is it possible to pay by invoice?", "How long does it take to deliver a parcel to Spain?",
        "Wie kann ich mein Passwort zurücksetzen?", "Was kostet der Versand nach Österreich?",
        "Comment puis-je changer mon mot de passe ?", "Quels sont les horaires de la bibliothèque ?",
        "¿Cómo puedo cambiar mi contraseña?", "Come posso cambiare la password?", "Como posso trocar a minha senha?",
        "Hoe kan ik mijn wachtwoord wijzigen?",
    ])
    func alone(question: String) {
        #expect(TurnKind.of(question) == .selfContained)
    }

    @Test("What stands for something that was said before depends on it", arguments: [
        ("Can you explain the second one in more detail?", CacheabilityReason.referent),
        ("How much does it cost per month?", .referent), ("Who wrote that book and when?", .referent),
        ("Please rephrase the last paragraph for children", .referent),
        ("Wie lange ist das gültig und was kostet es?", .referent),
        ("Kann ich diese Karte auch dort benutzen?", .referent),
        ("Est-ce que cela marche aussi en France ?", .referent), ("¿Cuánto cuesta eso en euros?", .referent),
        ("Quanto costa quello in euro?", .referent), ("Quanto custa isso em euros?", .referent),
        ("Hoeveel kost dat per maand?", .referent),
        ("And how do I cancel a subscription?", .opener), ("What about annual plans for teams?", .opener),
        ("Why?", .opener), ("Und was kostet der Versand nach Wien?", .opener), ("Et pour les étudiants ?", .opener),
        ("¿Y cuánto cuesta el envío?", .opener), ("Ma quanto costa la spedizione?", .opener),
        ("Mas quanto custa o frete?", .opener), ("En wat kost de verzending?", .opener),
        ("Annual plans please", .ellipsis), ("the red version", .ellipsis), ("", .ellipsis), ("?!", .ellipsis),
        ("パスワードを変更するにはどうすればいいですか", .ellipsis),
        ("Jak mogę zmienić swoje hasło", .unknownLanguage), ("zzz yyy xxx www vvv", .unknownLanguage),
    ])
    func dependent(question: String, reason: CacheabilityReason) {
        #expect(TurnKind.of(question) == .contextDependent(reason))
    }

    @Test("Long texts and any bytes are taken, and the same text always gives the same")
    func anything() {
        let long = String(repeating: "How do I open the window of the house? ", count: 500)
        #expect(TurnKind.of(long) == .selfContained)
        #expect(TurnKind.of(String(repeating: "a", count: 510)) == TurnKind.of(String(repeating: "a", count: 511)))
        #expect(TurnKind.of("how do i open the window" + String(repeating: " x", count: 243)) == .selfContained)
        #expect(TurnKind.of("\u{0}\u{FFFD}\u{301}") == .contextDependent(.ellipsis))
    }

    @Test("It takes microseconds")
    func speed() {
        let questions = [
            "How do I reset my password?", "Wie lange ist das gültig?", "What about annual plans for teams?",
        ]
        let start = ContinuousClock.now
        for round in 0..<3_000 { _ = TurnKind.of(questions[round % 3]) }
        print("a turn is classified in \(start.duration(to: .now) / 3_000)")
    }
}
