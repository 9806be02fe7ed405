import GatewayCore
import GatewayTesting
import Testing

@testable import RequestAnalysis

@Suite("What is a person's own")
struct PersonalTests {
    @Test("Data by its shape or by how it is told", arguments: [
        "Why was ann.lee@example.com blocked?", "Call me back at +49 151 23456789", "my number: 555-123-4567",
        "(030) 1234 5678 is busy", "Charge 4111 1111 1111 1111 please", "4111111111111111", "SSN 078-05-1120",
        "Transfer to DE89 3704 0044 0532 0130 00 now", "GB82WEST12345698765432", "My name is Ann, can I pay later?",
        "I live at 5 Long Street, do you deliver?", "Ich heiße Ann, wie kann ich zahlen?", "Je m'appelle Ann",
        "Me llamo Ana", "Mi chiamo Anna", "O meu nome é Ana", "Mijn naam is Anna",
    ])
    func data(text: String) {
        #expect(PersonalReason.of(text) == .data)
    }

    @Test("Questions about how things stand with one's own", arguments: [
        "Where is my order?", "What's my balance", "When will my package arrive?", "Has my return been received",
        "How many points do I have?", "Am I still insured?", "Wo bleibt meine Bestellung?",
        "Wie hoch ist mein Kontostand?",
        "Où est ma commande ?", "¿Dónde está mi pedido?", "Dov'è il mio pacco?", "Onde está o meu pedido?",
        "Waar blijft mijn pakket?",
    ])
    func state(text: String) {
        #expect(PersonalReason.of(text) == .state)
    }

    @Test("What many ask is nobody's own", arguments: [
        "How do I reset my password?", "How can I see where my order is?", "Can I cancel my last order?",
        "Do I have to pay customs duties on my order?", "Am I allowed to bring my dog?",
        "What is the capital of France?",
        "Which year was 1984 written, 1948 or 1949?", "Is 2024-11-22 10:30 a good time?", "Version 1.2.3-4 fails",
        "What is 1234567890123456 in hexadecimal?", "Convert 1 000 000 000 000 to words",
        "Error 0x80070057 on port 8080",
        "@home or a@b", "Wie kann ich mein Passwort ändern?", "Comment changer mon mot de passe ?",
        "What does DE89 mean?", "Room 101-22-3334x", "",
    ])
    func nobodys(text: String) {
        #expect(PersonalReason.of(text) == nil)
    }

    @Test("Any bytes are taken, at every split", arguments: [1, 2, 3])
    func anyBytes(seed: UInt64) {
        let text =
            "x +49 151 23456789 (030) 1234-5678 DE89 3704 0044 0532 0130 00 a@b.co 4111-1111-1111-1111 078-05-1120"
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            _ = PersonalReason.of(String(decoding: bytes[..<cut], as: UTF8.self))
            _ = PersonalReason.of(String(decoding: bytes[cut...], as: UTF8.self))
        }
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789 -.()+@DEabc/é".unicodeScalars)
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int(random.next() % 40) { text.append(alphabet[Int(random.next() % UInt64(alphabet.count))]) }
            _ = PersonalReason.of(String(text))
        }
    }
}
