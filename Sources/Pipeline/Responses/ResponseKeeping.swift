import GatewayCore
import NIOCore
import ProviderAPIs

/// Keeps one answer of the Responses API on its way to the client, under an id of its own. It sees what the client
/// sees, so it is the same for every provider, for streams, and for hits of the cache.
struct ResponseKeeping: Sendable {
    let desk: ResponseDesk
    let owner: ResponseDesk.Owner
    let label: ResponseLabel
    /// The whole conversation as its client has it.
    let conversation: Conversation
    /// Whether client and caller's headers allow it.
    let isWanted: Bool

    /// The reply with the label; kept before the client has its end.
    func keeping(_ reply: Reply) async -> Reply {
        switch reply.body {
        case .json(let json):
            guard let whole = label.body(json, isStored: isWanted) else { return reply }
            return reply.saying(.json(await keep(whole) ? whole.json : label.body(json, isStored: false)?.json ?? json))
        case .frames(let frames):
            var labelled: [ByteBuffer] = []
            labelled.reserveCapacity(frames.count)
            for frame in frames { labelled.append(await self.labelled(frame)) }
            return reply.saying(.frames(labelled))
        case .stream(let stream): return reply.saying(.stream(KeptStream(stream: stream, keeping: self)))
        }
    }

    /// Frames of the stream with the label. The one that ends it waits until the response is kept, and says whether.
    func labelled(_ frames: ByteBuffer) async -> ByteBuffer {
        // Only events about the response itself have a member of this name; elsewhere its quotes are escaped.
        guard frames.readableBytesView.contains("\"response\"".utf8) else { return frames }
        var parser = EventStreamParser(limit: Int.max)
        guard let events = try? parser.append(frames), !events.isEmpty else { return frames }
        var output = ByteBuffer()
        for event in events {
            let data = await labelled(event) ?? event.data
            output.writeImmutableBuffer(ServerSentEvent.frame(data, name: event.name))
        }
        return output
    }

    /// Nil for an event that is not about the response itself.
    private func labelled(_ event: ServerSentEvent) async -> ByteBuffer? {
        guard let whole = label.event(event.data, isStored: isWanted) else { return nil }
        guard whole.isWhole else { return whole.json }
        return await keep(whole) ? whole.json : label.event(event.data, isStored: false)?.json
    }

    private func keep(_ response: LabelledResponse) async -> Bool {
        guard isWanted, response.isWhole else { return false }
        return await desk.keep(
            StoredResponse(request: conversation, response: response.object), id: label.id, of: owner)
    }
}

/// A stream whose response is kept.
struct KeptStream: ReplyStream {
    let stream: any ReplyStream
    let keeping: ResponseKeeping

    func next() async -> ByteBuffer? {
        guard let frames = await stream.next() else { return nil }
        return await keeping.labelled(frames)
    }

    func abandon() async { await stream.abandon() }
}
