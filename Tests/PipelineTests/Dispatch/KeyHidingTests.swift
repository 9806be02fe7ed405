import GatewayCore
import NIOCore
import ProviderAPIs
import Testing
import Upstream

@Suite("What a provider says is told without the key it was sent")
struct KeyHidingTests {
    private let ring: KeyRing

    init() {
        ring = KeyRing(Secret("sk-old/4711-abcdef"))
        ring.replace(with: Secret("sk-new/4711-ghijkl"), overlap: .zero, now: .now)
    }

    private func hidden(_ message: String, body: String? = nil) -> ProviderFailure {
        let body = body.map { ByteBuffer(string: $0) }
        let failure = ProviderFailure(
            .badRequest, message: message, status: 400, retryAfter: .seconds(3), wasSent: true, body: body)
        return failure.hiding(ring)
    }

    @Test("Both keys are replaced in the message and the body, however JSON writes a slash")
    func replaced() {
        let failure = hidden(
            "got sk-old/4711-abcdef and sk-new/4711-ghijkl",
            body: #"{"a":"sk-new\/4711-ghijkl","b":"sk-old/4711-abcdef"}"#)
        #expect(failure.message == "got ••• and •••")
        #expect(failure.body.map { String(buffer: $0) } == #"{"a":"•••","b":"•••"}"#)
        #expect(failure.kind == .badRequest)
        #expect(failure.status == 400)
        #expect(failure.retryAfter == .seconds(3))
    }

    @Test("A message that was cut inside the key keeps nothing of it that matters")
    func cut() {
        for length in 4..<18 {
            let part = String("sk-old/4711-abcdef".prefix(length))
            #expect(hidden("the key " + part).message == "the key •••", "\(part)")
        }
        // As `ProviderFailure` cuts at 500 bytes.
        let long = String(repeating: "z", count: 490) + "sk-old/4711-abcdef"
        #expect(!hidden(long).message.contains("sk-old"))
    }

    @Test("Other texts stay as they are, and so does everything without a key")
    func untouched() {
        let failure = hidden("no such model", body: #"{"error":"x"}"#)
        #expect(failure.message == "no such model")
        #expect(failure.body.map { String(buffer: $0) } == #"{"error":"x"}"#)
        let plain = ProviderFailure(.badRequest, message: "sk-old/4711-abcdef").hiding(nil)
        #expect(plain.message == "sk-old/4711-abcdef")
    }

    @Test("What could not be said to a provider keeps the field at fault")
    func unsaid() {
        let error = GatewayError(.invalidRequest, "no word for it", parameter: "logprobs")
        #expect(ProviderFailure(unsupported: error).hiding(ring).parameter == "logprobs")
    }
}
