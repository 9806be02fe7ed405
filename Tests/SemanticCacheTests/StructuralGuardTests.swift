import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("The structural guard")
struct StructuralGuardTests {
    static func verdict(_ one: String, _ other: String) -> GuardVerdict {
        StructuralGuard.verdict(question: GuardFeatures(text: one), candidate: GuardFeatures(text: other))
    }

    private static let numbers: [[String]] = [
        ["Set a timer for 5 minutes", "Set a timer for 6 minutes"],
        ["Refund of $20", "Refund of $200"], ["Refund of $20", "Refund of £20"], ["costs 5%", "costs 5"],
        ["What is -5 plus 3", "What is 5 plus 3"], ["pay 1,5 euros", "pay 15 euros"], ["pay 0.5 euros", "pay 5 euros"],
        ["phone under 30k", "phone under 40k"], ["phone under 30k", "phone under 30"],
        ["trial of nine days", "trial of ten days"], ["twenty five seats", "twenty six seats"],
        ["two hundred users", "three hundred users"], ["rule for 3-5 days", "rule for 3-6 days"],
        ["what is 5-3", "what is 3-5"], ["type 1 diabetes diet", "type 2 diabetes diet"],
        ["World War II causes", "World War I causes"], ["meeting at 5:30", "meeting at 5:45"],
        ["meeting at 5 am", "meeting at 5 pm"], ["tax rules of 2024", "tax rules of 2025"],
        ["tax rules of 2024", "tax rules"], ["the 1st of May", "the 2nd of May"],
        ["my first order", "my second order"],
        ["10 kg parcel", "10 lb parcel"], ["1.000 Euro überweisen", "1 Euro überweisen"],
        ["10.000 Euro überweisen", "10 Euro überweisen"], ["Kündigung nach drei Tagen", "Kündigung nach vier Tagen"],
        ["un abono de tres meses", "un abono de cuatro meses"], ["je veux deux cartes", "je veux trois cartes"],
        ["top 10 books", "top 20 books"], ["注文は5個", "注文は6個"], ["٥ كتب", "٦ كتب"], ["5 feet tall", "6 feet tall"],
        ["30 day window", "60 day window"], ["6-month plan", "12-month plan"], ["3 million users", "3 billion users"],
    ]
    private static let identifiers: [[String]] = [
        ["Where is ORDER-1234", "Where is ORDER-1235"], ["fix error E1001", "fix error E1002"],
        ["write to ann@example.org", "write to bob@example.org"],
        ["open https://example.org/a", "open https://example.org/b"],
        ["open https://example.org/a", "open https://example.org/A"],
        ["read /etc/hosts", "read /etc/passwd"], ["run `make a`", "run `make b`"], ["run `Make`", "run `make`"],
        ["upgrade to v1.2.3", "upgrade to v1.2.4"], ["version 10.0.1 notes", "version 10.0.2 notes"],
        ["track 00123842", "track 00123843"], ["track 113542617735902", "track 113542617735903"],
        ["what is 0x1F", "what is 0x2F"], ["sort in C++", "sort in C"], ["sort in C#", "sort in C++"],
        ["what is user_name", "what is user_id"], ["price of aB3x", "price of ab3X"],
        ["born on 2024-01-05", "born on 2024-05-01"], ["on 01/02/2024", "on 02/01/2024"],
        ["edit main.swift", "edit main.py"], ["is example.com down", "is example.org down"],
    ]
    private static let negations: [[String]] = [
        ["My card works", "My card does not work"], ["Why was my card declined", "Why was my card not declined"],
        ["coffee with sugar", "coffee without sugar"],
        ["Which plans include support", "Which plans don't include support"],
        ["I have received the parcel", "I have never received the parcel"], ["Why can I log in", "Why can't I log in"],
        ["Ist der Vertrag gültig", "Ist der Vertrag nicht gültig"],
        ["Ich habe eine Rechnung", "Ich habe keine Rechnung"],
        ["Puis-je payer avec ma carte", "Puis-je payer sans ma carte"],
        ["Ma carte est arrivée", "Ma carte n'est pas arrivée"], ["Mi tarjeta funciona", "Mi tarjeta no funciona"],
        ["I am able to pay", "I am unable to pay"],
    ]
    private static let alike: [[String]] = [
        ["Set a timer for 5 minutes", "set a timer for five minutes!"], ["in 24 hours", "in 1 day"],
        ["a 12 month plan", "a 1 year plan"], ["1,000 users", "1000 users"],
        ["phone under 15k", "phone under Rs 15000"],
        ["40,000 rupees", "Rs. 40000"], ["$100 fee", "100 dollars fee"], ["100$ fee", "USD 100 fee"],
        ["20% discount", "20 percent discount"], ["1.5 million users", "1500000 users"], ["at 5pm", "at 5 PM"],
        ["at 5:30 pm", "at 17:30"], ["twenty-five seats", "25 seats"], ["a hundred seats", "100 seats"],
        ["two hundred and five seats", "205 seats"], ["March 1st", "March 1"], ["World War III", "World War 3"],
        ["which one is best", "which is best"], ["I want this one", "I want this"],
        ["one card please", "1 card please"],
        ["enable 2FA", "enable two factor"], ["3-5 days", "3 to 5 days"], ["the years 2016-17", "the years 2016-2017"],
        ["my first card", "my card"], ["top 10 books", "top books"], ["price of PS5", "price of ps5"],
        ["mail Ann@Example.org", "mail ann@example.org"], ["https://EXAMPLE.org/a", "https://example.org/a"],
        ["1 kg of flour", "1000 g of flour"], ["5.0 stars", "5 stars"], ["1,00,000 rupees", "1 lakh rupees"],
        ["Can't I pay by card?", "Can I pay by card?"], ["Isn't it open on Sunday?", "Is it open on Sunday?"],
        ["It is open, isn't it?", "It is open?"], ["Is it open or not?", "Is it open?"],
        ["I can't find my card", "How do I find my card?"], ["I cannot reset my PIN", "Where can I reset my PIN?"],
        ["My card does not work", "My card is broken"], ["I don't know how to pay", "How do I pay?"],
        ["invoice no. 5", "invoice 5"], ["It's not only slow", "It's slow"], ["don't work", "dont work"],
        ["neither card nor phone works", "not card or phone works"], ["No, my card works", "My card works"],
        ["Onde está o meu pedido no site", "Onde está o meu pedido em site"],
        ["No tengo nada que pagar", "No tengo que pagar"], ["Je n'ai pas de carte", "j'ai pas de carte"],
        ["Drei Tage warten", "3 Tage warten"], ["5个苹果", "5 个苹果"], ["", "?"],
    ]

    @Test("A number that differs is refused", arguments: numbers)
    func refusesNumbers(pair: [String]) throws {
        try expect(pair, .veto(.number))
    }

    @Test("An identifier that differs is refused", arguments: identifiers)
    func refusesIdentifiers(pair: [String]) throws {
        try expect(pair, .veto(.identifier))
    }

    @Test("A negation that remains as the difference is refused", arguments: negations)
    func refusesNegations(pair: [String]) throws {
        try expect(pair, .veto(.negation))
    }

    @Test("Spellings of one thing are not refused", arguments: alike)
    func passes(pair: [String]) throws {
        let one = try #require(pair.first)
        let other = try #require(pair.last)
        #expect(!Self.verdict(one, other).isVeto)
        #expect(!Self.verdict(other, one).isVeto)
    }

    @Test(
        "What only hints at another answer is doubted, with the reason",
        arguments: [
            ("How can I get a refund for my order?", "Where is my refund for the July order?", GuardReason.entity),
            ("I took out 100 and got only 80", "the machine gave me less than I asked for", .number),
            ("Is my account locked?", "Is your account locked?", .referent),
            ("Wo ist mein Konto?", "Wo ist dein Konto?", .referent),
            ("Onde está o meu pedido agora", "Onde está a minha compra agora", .language),
        ])
    func doubts(one: String, other: String, reason: GuardReason) {
        #expect(Self.verdict(one, other).cautions.contains(reason))
        #expect(Self.verdict(other, one).cautions.contains(reason))
    }

    @Test("Opposites and a negation make up for one another")
    func madeUp() {
        #expect(!Self.verdict("The rate looks wrong to me", "The rate doesn't look right to me").isVeto)
        #expect(Self.verdict("I am able to pay", "I am unable to pay") == .veto(.negation))
        #expect(Self.verdict("Is it always open?", "Is it never open?").isVeto)
    }

    private func expect(_ pair: [String], _ expected: GuardVerdict) throws {
        let one = try #require(pair.first)
        let other = try #require(pair.last)
        #expect(Self.verdict(one, other) == expected)
        #expect(Self.verdict(other, one) == expected)
        #expect(!Self.verdict(one, one).isVeto)
    }

    @Test("The verdict is symmetric and a text never refuses itself, on random texts", arguments: [11, 12] as [UInt64])
    func random(seed: UInt64) {
        print("seed \(seed)")
        let pieces = [
            " ", " ", "5", "-", ".", ",", ":", "/", "99", "000", "k", "$", "£", "€", "%", "`", "'", "@", "_", "#", "+",
            "one",
            "hundred", "million", "twenty", "not", "no", "n't", "never", "ne", "pas", "nicht", "pm", "kg", "Rs.", "a",
            "Card",
            "ß", "你", "٥", "\u{0}", "\u{1}", "first", "and", "9223372036854775807", "billion", "www.", "://", "\\",
            "\n",
        ]
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3_000 {
            var texts = ["", ""]
            for index in texts.indices {
                for _ in 0..<Int.random(in: 0..<16, using: &generator) {
                    texts[index] += pieces.randomElement(using: &generator) ?? ""
                }
            }
            let forth = Self.verdict(texts[0], texts[1])
            #expect(forth == Self.verdict(texts[1], texts[0]), "seed \(seed): \(texts)")
            #expect(!Self.verdict(texts[0], texts[0]).isVeto, "seed \(seed): \(texts)")
        }
    }

    @Test("The features of a long text stay bounded, and a number far behind still counts")
    func bounded() {
        let numbers = (0..<5_000).map { "\($0) word\($0) ab\($0)" }.joined(separator: " not ")
        let features = GuardFeatures(text: numbers)
        #expect(features.quantities.count <= GuardFeatures.maximumQuantities)
        #expect(features.identifiers.count <= GuardFeatures.maximumIdentifiers + 1)
        #expect(features.negations.count <= GuardFeatures.maximumNegations)
        #expect(features.content.stems.count <= ContentSketch.capacity)
        #expect(Self.verdict(numbers + " 7", numbers + " 8") != .pass)
    }
}
