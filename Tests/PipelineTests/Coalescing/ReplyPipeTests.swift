import NIOCore
import Testing

@testable import Pipeline

@Suite("What a leader's client has not taken yet", .timeLimit(.minutes(1)))
struct ReplyPipeTests {
    private let pipe = ReplyPipe(limit: 10)

    private func frame(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test("A pump starts once: when somebody follows, or when the client's task has ended its turn at the stream")
    func start() {
        #expect(pipe.beginReading())
        #expect(!pipe.followed())
        #expect(pipe.endReading())
        #expect(!pipe.beginReading())
        #expect(!pipe.followed())
        let idle = ReplyPipe(limit: 10)
        #expect(idle.beginReading() && !idle.endReading())
        #expect(idle.followed() && !idle.followed())
    }

    @Test("The client gets every frame in its order, and nothing behind the end, whether it waits or not")
    func order() async {
        #expect(pipe.followed())
        pipe.give(frame("a"))
        pipe.give(frame("b"))
        #expect(await pipe.take() == frame("a"))
        #expect(await pipe.take() == frame("b"))
        async let next = pipe.take()
        pipe.give(frame("c"))
        pipe.end()
        #expect(await next == frame("c"))
        #expect(await pipe.take() == nil)
    }

    @Test("A full one holds the pump back until the client takes something")
    func full() async {
        #expect(pipe.followed())
        pipe.give(frame("0123456789"))
        #expect(pipe.room(isFollowed: false) == .full)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await pipe.waitForRoom {} }
            #expect(await pipe.take() == frame("0123456789"))
        }
        #expect(pipe.room(isFollowed: false) == .free)
    }

    @Test("Who is told to look again looks again")
    func wake() async {
        #expect(pipe.followed())
        pipe.give(frame("0123456789"))
        await pipe.waitForRoom { pipe.wake() }
        #expect(pipe.room(isFollowed: true) == .full)
    }

    @Test("A client that was cut off gets the last word and nothing that comes later")
    func cut() async {
        #expect(pipe.followed())
        pipe.give(frame("0123456789"))
        pipe.cut(with: frame("error"))
        #expect(pipe.room(isFollowed: true) == .free)
        pipe.give(frame("more"))
        #expect(await pipe.take() == frame("error"))
        pipe.end()
        #expect(await pipe.take() == nil)
    }

    @Test("Without a client only those who follow want the rest; a task that leaves before anybody does keeps the stream")
    func gone() async {
        #expect(pipe.followed())
        pipe.give(frame("a"))
        #expect(pipe.abandon() && pipe.isAbandoned)
        #expect(pipe.room(isFollowed: true) == .free && pipe.room(isFollowed: false) == .unwanted)
        pipe.end()
        #expect(await pipe.take() == nil)
        let idle = ReplyPipe(limit: 10)
        #expect(!idle.abandon())
        #expect(!idle.followed())
    }
}
