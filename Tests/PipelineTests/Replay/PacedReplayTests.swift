import NIOCore
import Testing

@testable import Pipeline

@Suite("A stored answer at a pace", .timeLimit(.minutes(1)))
struct PacedReplayTests {
    private let frames = (0..<50).map { ByteBuffer(string: "frame \($0)") }

    private func rest(of replay: PacedReplay) async -> [ByteBuffer] {
        var found: [ByteBuffer] = []
        while let frame = await replay.next() { found.append(frame) }
        return found
    }

    @Test("Every frame comes, in its order, and then nothing more", arguments: [Duration.zero, .milliseconds(1)])
    func whole(interval: Duration) async {
        let replay = PacedReplay(frames, every: interval, for: PatientClient())
        #expect(await rest(of: replay) == frames)
        #expect(await replay.next() == nil)
    }

    @Test("A frame does not come before it is due; the first is due at once")
    func due() async {
        let replay = PacedReplay(frames, every: .milliseconds(20), for: PatientClient())
        let start = ContinuousClock.now
        for number in 0..<10 {
            #expect(await replay.next() == frames[number])
            #expect(start.duration(to: .now) >= .milliseconds(20) * number)
        }
    }

    @Test("A client that goes away while nothing is due is waited for no longer")
    func clientGone() async {
        let client = LeavingClient()
        let replay = PacedReplay(frames, every: .seconds(3600), for: client)
        #expect(await replay.next() == frames[0])
        async let next = replay.next()
        client.leave()
        #expect(await next == nil)
        #expect(await replay.next() == nil)
    }

    @Test("A task that is cancelled gets the rest without waiting")
    func cancelled() async {
        let frames = frames
        let task = Task {
            let replay = PacedReplay(frames, every: .seconds(3600), for: PatientClient())
            var found: [ByteBuffer] = []
            while let frame = await replay.next() { found.append(frame) }
            return found
        }
        task.cancel()
        #expect(await task.value == frames)
    }

    @Test("After it was abandoned nothing comes")
    func abandoned() async {
        let replay = PacedReplay(frames, every: .zero, for: PatientClient())
        #expect(await replay.next() == frames[0])
        replay.abandon()
        #expect(await replay.next() == nil)
    }
}
