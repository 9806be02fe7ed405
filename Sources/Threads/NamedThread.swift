internal import CThreads
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A pthread with a name and a join, for work that may block or compute for milliseconds: libcurl,
/// forward passes, vector scans. The cooperative pool never does such work.
///
/// Safe because the opaque thread identifier is written once, in `init`.
package final class NamedThread: @unchecked Sendable {
    package let name: String
    private let identifier: pthread_t
    private let wasJoined = Atomic<Bool>(false)

    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts the thread at once.
    /// - Parameters:
    ///   - name: shown by `top -H` and debuggers; Linux keeps the first 15 bytes.
    ///   - stackSize: bytes; the platform's default when nil.
    ///   - body: runs on the new thread; the thread ends when it returns.
    package init(name: String, stackSize: Int? = nil, body: @escaping @Sendable () -> Void) {
        self.name = name
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        if let stackSize {
            let status = pthread_attr_setstacksize(&attributes, stackSize)
            precondition(status == 0, "a thread's stack must be at least PTHREAD_STACK_MIN, not \(stackSize) bytes")
        }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(name: name, run: body)).toOpaque()
        let status = pthread_create(&thread, &attributes, { context in
            guard let context else { return nil }
            let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
            CThreads_set_current_name(String(body.name.prefix(15)))
            body.run()
            return nil
        }, context)
        precondition(status == 0, "the system refused a thread (error \(status)); nothing can be served without it")
        self.identifier = thread
    }

    /// A thread that nobody waited for gives back what it holds when it ends.
    deinit {
        if !wasJoined.load(ordering: .acquiring) { pthread_detach(identifier) }
    }

    /// Waits for the end of the body. Call from another thread that may block; only the first call waits.
    package func join() {
        if !wasJoined.exchange(true, ordering: .acquiringAndReleasing) { pthread_join(identifier, nil) }
    }
}
