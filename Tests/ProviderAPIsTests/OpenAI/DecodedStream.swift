import GatewayCore
import NIOCore
import ProviderAPIs

/// A whole stream run through parser and decoder, as the gateway does it.
struct DecodedStream {
    /// `lifecycle`, `content`, `usage`: one letter a frame, `d` for the end.
    private(set) var steps = ""
    /// All frames for the client, joined.
    private(set) var output = ByteBuffer()
    private(set) var answer: ChatAnswer?
    private(set) var usage: TokenUsage?
    private(set) var isTooLarge = false

    init(_ pieces: [[UInt8]], keepsUsage: Bool = true, limit: Int = 8 << 20) throws(ProviderFailure) {
        var parser = EventStreamParser()
        var decoder = OpenAIStreamDecoder(keepsUsage: keepsUsage, limit: limit)
        for piece in pieces {
            for event in try parser.append(ByteBuffer(bytes: piece)) { take(try decoder.consume(event)) }
        }
        if let last = parser.finish() { take(try decoder.consume(last)) }
        if let whole = try decoder.finish() { answer = whole }
        usage = decoder.usage
        isTooLarge = decoder.isTooLargeToKeep
    }

    init(_ body: String, keepsUsage: Bool = true, limit: Int = 8 << 20) throws(ProviderFailure) {
        try self.init([Array(body.utf8)], keepsUsage: keepsUsage, limit: limit)
    }

    private mutating func take(_ step: RelayStep) {
        switch step {
        case .lifecycle(let frame): add(frame, "l")
        case .content(let frame): add(frame, "c")
        case .usage(let frame): add(frame, "u")
        case .done(let whole):
            steps += "d"
            answer = whole
        case .ignored: break
        }
    }

    private mutating func add(_ frame: ByteBuffer, _ letter: String) {
        steps += letter
        output.writeImmutableBuffer(frame)
    }
}
