import Foundation
import Testing
import Threads

@Suite("Waiting for sockets", .timeLimit(.minutes(1)))
struct SocketReadinessTests {
    private let sockets: SocketReadiness
    private let pipe = Pipe()
    private var reader: Int32 { pipe.fileHandleForReading.fileDescriptor }
    private var writer: Int32 { pipe.fileHandleForWriting.fileDescriptor }

    init() throws {
        sockets = try #require(SocketReadiness())
    }

    @Test("What is ready is reported, and only for what it is watched for")
    func readiness() {
        #expect(sockets.watch(reader, for: .read))
        #expect(sockets.wait(milliseconds: 0).isEmpty)
        pipe.fileHandleForWriting.write(Data([1]))
        #expect(sockets.wait(milliseconds: 60_000).map(\.socket) == [reader])
        #expect(sockets.watch(writer, for: .write))
        let ready = sockets.wait(milliseconds: 60_000)
        #expect(Set(ready.map(\.socket)) == [reader, writer])
        #expect(ready.first { $0.socket == writer }?.readiness == .write)
        #expect(sockets.watch(reader, for: []))
        #expect(sockets.wait(milliseconds: 0).map(\.socket) == [writer])
    }

    @Test("A socket that is no longer watched is silent, and may be watched again")
    func unwatched() {
        pipe.fileHandleForWriting.write(Data([1]))
        #expect(sockets.watch(reader, for: .read))
        sockets.unwatch(reader)
        sockets.unwatch(reader)
        #expect(sockets.wait(milliseconds: 0).isEmpty)
        #expect(sockets.watch(reader, for: .read))
        #expect(sockets.wait(milliseconds: 0).map(\.socket) == [reader])
    }

    @Test("The other end's going is told as something to read")
    func hangUp() throws {
        #expect(sockets.watch(reader, for: .read))
        try pipe.fileHandleForWriting.close()
        #expect(sockets.wait(milliseconds: 60_000).first?.readiness.contains(.read) == true)
    }

    @Test("A call from another thread, or one made before, ends the wait once")
    func wake() async {
        sockets.wake()
        sockets.wake()
        #expect(sockets.wait(milliseconds: 60_000).isEmpty)
        let sockets = sockets
        let waking = Task.detached { sockets.wake() }
        #expect(sockets.wait(milliseconds: 60_000).isEmpty)
        await waking.value
        #expect(sockets.wait(milliseconds: 0).isEmpty)
    }

    @Test("What is no socket is refused")
    func invalid() {
        #expect(!sockets.watch(-1, for: .read))
    }
}
