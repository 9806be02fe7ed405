import GatewayCore
import NIOCore
import Testing

@testable import ProviderAPIs

@Suite("Thoughts of calls as they are kept")
struct CallThoughtJSONTests {
    @Test("What is kept is read back as it was")
    func thereAndBack() {
        for thought in [
            CallThought(thoughts: [ContentPart(.thinking("h\"é\n", signature: "s"))]),
            CallThought(thoughts: [ContentPart(.redactedThinking("x")), ContentPart(.thinking("", signature: "s"))]),
            CallThought(signature: "gemini:abc"), CallThought(),
        ] {
            #expect(CallThought(json: thought.json) == thought)
        }
    }

    @Test("What is no such thing is nothing", arguments: ["", "{", "[]", "{}", #"{"role":"assistant","parts":[]}"#])
    func damaged(text: String) {
        #expect(CallThought(json: ByteBuffer(string: text)) == nil)
    }
}
