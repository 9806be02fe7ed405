import GatewayCore
import Testing

@Suite("Kinds of work")
struct TaskTests {
    @Test("Plain requests are seen as what they ask for", arguments: [
        ("Write a Python function that sorts a list of dates", .code),
        ("Why does this crash?\n```swift\nlet x = y!\nprint(x)\n```", .code),
        ("Debug this stack trace for me", .code),
        ("Solve for x: 3x + 5 = 20", .math), ("What is the derivative of x^2 + 3x?", .math),
        ("Translate 'good night' into French", .translation), ("Übersetze das bitte auf Englisch", .translation),
        ("Summarize this article for me: the council met on Monday.", .summarization),
        ("tl;dr of the following text", .summarization),
        ("Extract all e-mail addresses from this text", .extraction),
        ("Classify the sentiment: I loved it", .classification), ("Is this spam or not? Buy now", .classification),
        ("Write a poem about the sea", .creative), ("Compare these two strategies and recommend one", .analysis),
        ("What is the capital of France?", .question), ("How do I reset my password?", .question),
        ("hello", .chat), ("", .chat), ("mhm", .chat),
    ] as [(String, TaskType)])
    func tasks(text: String, expected: TaskType) throws {
        #expect(try Traits.ofQuestion(text).task == expected)
    }

    @Test("Clear signs make a confident guess, none make none")
    func confidence() throws {
        #expect(try Traits.ofQuestion("Translate this to German: cat").taskConfidence > 0.5)
        #expect(try Traits.ofQuestion("mhm").taskConfidence == 0)
        for text in ["hi", "translate or summarize this code", "a b c"] {
            #expect((0...1).contains(try Traits.ofQuestion(text).taskConfidence))
        }
    }

    @Test("A system message that sets the task is heard when the user's message says nothing")
    func system() throws {
        let traits = try Traits.ofMessages(
            #"{"role":"system","content":"Translate every message into German."},{"role":"user","content":"cat"}"#)
        #expect(traits.task == .translation)
    }

    @Test("The language is guessed by letters, then by small words", arguments: [
        ("What is the price of this?", "en"), ("Wie ist das Wetter und die Temperatur?", "de"),
        ("Quel est le prix pour les enfants ?", "fr"), ("¿Cómo puedo pagar con mi tarjeta?", "es"),
        ("今日の天気は?", "ja"), ("今天天气怎么样", "zh"), ("오늘 날씨 어때요", "ko"), ("Какая сегодня погода?", "ru"),
        ("ما هو الطقس اليوم", "ar"), ("12345", nil), ("", nil),
    ] as [(String, String?)])
    func language(text: String, expected: String?) throws {
        #expect(try Traits.ofQuestion(text).language == expected)
    }
}
