import Foundation
import Glibc
import Testing

@testable import Telemetry

@Suite("Writing lines to a descriptor")
struct StandardErrorTests {
    /// Larger than a pipe takes at once.
    private let long = String(repeating: "0123456789abcdef", count: 50_000) + "\n"

    private func setNonBlocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    @Test("A line longer than the pipe arrives whole, whether the descriptor waits or not", arguments: [false, true])
    func whole(isNonBlocking: Bool) async throws {
        let pipe = Pipe()
        let writer = pipe.fileHandleForWriting
        if isNonBlocking { setNonBlocking(writer.fileDescriptor) }
        let received = await withCheckedContinuation { (continuation: CheckedContinuation<Data, Never>) in
            Thread.detachNewThread {
                // The reader is slow to start only if the system is; the writer waits for it either way.
                continuation.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile())
            }
            Thread.detachNewThread { [long] in
                StandardError.write(long, to: writer.fileDescriptor, patience: 60_000)
                try? writer.close()
            }
        }
        #expect(received == Data(long.utf8))
    }

    @Test("A reader that never comes holds nobody who cannot wait")
    func stalled() throws {
        let pipe = Pipe()
        setNonBlocking(pipe.fileHandleForWriting.fileDescriptor)
        StandardError.write(long, to: pipe.fileHandleForWriting.fileDescriptor, patience: 0)
        try pipe.fileHandleForWriting.close()
        let received = pipe.fileHandleForReading.readDataToEndOfFile()
        #expect(!received.isEmpty && received.count < long.utf8.count)
    }

    @Test("A descriptor that is not open loses the line and nothing else")
    func closed() {
        StandardError.write("lost\n", to: -1)
    }

    @Test("An environment variable that is not set is nil, an empty one is empty")
    func environment() {
        setenv("REFRAIN_TEST_EMPTY", "", 1)
        #expect(StandardError.environment("REFRAIN_TEST_EMPTY") == "")
        #expect(StandardError.environment("REFRAIN_TEST_UNSET") == nil)
    }
}
