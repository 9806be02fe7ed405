import GatewayCore
import Testing

@testable import ProviderAPIs

@Suite("Messages of Chat Completions")
struct ChatMessageReaderTests {
    private static func asked(_ audio: String) throws -> ChatRequest {
        let turn = #"{"role":"assistant","content":"Hello.","audio":\#(audio)}"#
        return try AskingClient.request(
            #"{"model":"asked","messages":[{"role":"user","content":"Hi"},\#(turn),{"role":"user","content":"Bye"}]}"#,
            as: .chat)
    }

    @Test("What the model said aloud is a part that other dialects refuse or name, and does not vanish")
    func audio() throws {
        let spoken = try Self.asked(#"{"id":"audio_1"}"#)
        let parts = try spoken.conversation().messages[1].parts
        let native = try #require(JSONText(checking: #"{"type":"audio","audio":{"id":"audio_1"}}"#))
        #expect(parts.map(\.content) == [.text("Hello."), .native(native)])
        #expect(throws: GatewayError.self) { try TargetTranslation(spoken, for: Wire.anthropic.target).call() }
        let dropped = try TargetTranslation(spoken, for: Wire.gemini.target).call().dropped
        #expect(dropped.count == 1 && dropped.first?.hasPrefix("messages[1]") == true)
        #expect(try Self.asked("null").conversation().messages[1].parts.map(\.content) == [.text("Hello.")])
    }
}
