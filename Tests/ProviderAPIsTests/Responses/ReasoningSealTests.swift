import GatewayCore
import Testing

@testable import ProviderAPIs

@Suite("Thoughts between requests")
struct ReasoningSealTests {
    @Test(
        "What is sealed comes back",
        arguments: [
            ReasoningSeal.thought(signature: nil), .thought(signature: "EqQB+/=\"é"), .redacted("x"),
            .call(id: "c", signature: "s"),
        ])
    func back(seal: ReasoningSeal) { #expect(ReasoningSeal(seal.text) == seal) }

    @Test("The form of a seal stays the same, so that clients may keep one")
    func form() {
        // {"type":"thought","signature":"abc"} in base64, by hand.
        let text = "refrain1.eyJ0eXBlIjoidGhvdWdodCIsInNpZ25hdHVyZSI6ImFiYyJ9"
        #expect(ReasoningSeal.thought(signature: "abc").text == text)
        #expect(ReasoningSeal(text) == .thought(signature: "abc"))
    }

    @Test("Anything else is none, and never a trap")
    func others() {
        for text in ["", "gAAAAAB", "refrain1.", "refrain1.e", "refrain1.!!!!", "refrain2.e30=", "refrain1.e30="] {
            #expect(ReasoningSeal(text) == nil)
        }
        let whole = ReasoningSeal.call(id: "c", signature: "s").text
        for length in 0..<whole.utf8.count { #expect(ReasoningSeal(String(whole.prefix(length))) == nil) }
    }

    @Test("A reasoning item of OpenAI is a signature with its mark")
    func openAI() {
        let thought = OpenAIThought(id: "rs_1", encrypted: "gA:B=")
        #expect(thought.signature == "openai:rs_1:gA:B=" && OpenAIThought(signature: thought.signature) == thought)
        #expect(OpenAIThought(signature: "EqQB") == nil && OpenAIThought(signature: "gemini:x:y") == nil)
        #expect(ThoughtOrigin.of(thought.signature) == .openAI)
    }
}
