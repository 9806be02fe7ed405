import NIOCore
import GatewayCore
import ProviderAPIs

/// Renders whole answers, stored or fresh, in the form the client asked for.
enum Replay {
    static func reply(
        _ hit: CacheHit, to request: ChatRequest, exchange: Exchange
    ) throws(GatewayError) -> Reply {
        try reply(hit.answer, to: request, exchange: exchange)
    }

    static func reply(
        _ answer: ChatAnswer, to request: ChatRequest, exchange: Exchange
    ) throws(GatewayError) -> Reply {
        try reply(answer.json, to: request, exchange: exchange)
    }

    private static func reply(
        _ json: ByteBuffer, to request: ChatRequest, exchange: Exchange
    ) throws(GatewayError) -> Reply {
        guard request.isStream else {
            return Reply(status: 200, body: .json(OpenAIReplay.json(json)), exchange: exchange)
        }
        do {
            let frames = try OpenAIReplay.frames(of: json, includesUsage: request.wantsStreamUsage)
            return Reply(status: 200, body: .frames(frames), exchange: exchange)
        } catch {
            throw GatewayError(.providerFailed, "the answer could not be turned into a stream")
        }
    }
}
