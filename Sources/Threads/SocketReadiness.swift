internal import CThreads

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Waits for many sockets at once, by `epoll`: what a wait costs does not grow with the sockets that are silent.
///
/// Safe because only one thread uses it, but for `wake`, which is a write to a file descriptor that lives as long as
/// this object.
package final class SocketReadiness: @unchecked Sendable {
    /// What a socket is ready for, or is to be watched for.
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let read = Interest(rawValue: 1)
        package static let write = Interest(rawValue: 2)
        /// The socket is broken or closed; only reported.
        package static let failure = Interest(rawValue: 4)
    }

    /// Sockets reported by one wait; the others come with the next.
    private static let batch = 256

    private let epoll: Int32
    private let wakeUp: Int32
    private var watched: Set<Int32> = []
    private var events = [epoll_event](repeating: epoll_event(), count: batch)

    /// Nil when the process has no file descriptors left.
    package init?() {
        let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epoll >= 0 else { return nil }
        let wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeUp >= 0 else {
            close(epoll)
            return nil
        }
        self.epoll = epoll
        self.wakeUp = wakeUp
        _ = set(wakeUp, .read, EPOLL_CTL_ADD)
    }

    deinit {
        close(wakeUp)
        close(epoll)
    }

    /// Any thread: makes a running or the next wait return at once.
    package func wake() {
        var one: UInt64 = 1
        // Fails only when it is full of wake-ups already.
        _ = write(wakeUp, &one, MemoryLayout<UInt64>.size)
    }

    /// Watches `socket` from now on, or for something else than before.
    /// - Returns: false when the system refuses it.
    package func watch(_ socket: Int32, for interest: Interest) -> Bool {
        set(socket, interest, watched.insert(socket).inserted ? EPOLL_CTL_ADD : EPOLL_CTL_MOD)
    }

    /// To be called before the socket is closed.
    package func unwatch(_ socket: Int32) {
        guard watched.remove(socket) != nil else { return }
        _ = set(socket, [], EPOLL_CTL_DEL)
    }

    /// Waits until a socket is ready, `wake` is called or the time is over.
    /// - Parameter milliseconds: 0 to look only.
    package func wait(milliseconds: Int32) -> [(socket: Int32, readiness: Interest)] {
        let count = epoll_wait(epoll, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return [] }
        var ready: [(socket: Int32, readiness: Interest)] = []
        ready.reserveCapacity(Int(count))
        for event in events[..<Int(count)] {
            if event.data.fd == wakeUp {
                var number: UInt64 = 0
                _ = read(wakeUp, &number, MemoryLayout<UInt64>.size)
            } else {
                ready.append((event.data.fd, Self.readiness(event.events)))
            }
        }
        return ready
    }

    private func set(_ socket: Int32, _ interest: Interest, _ operation: Int32) -> Bool {
        var event = epoll_event()
        if interest.contains(.read) { event.events |= EPOLLIN.rawValue }
        if interest.contains(.write) { event.events |= EPOLLOUT.rawValue }
        event.data.fd = socket
        return epoll_ctl(epoll, operation, socket, &event) == 0
    }

    private static func readiness(_ events: UInt32) -> Interest {
        var readiness = Interest()
        if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { readiness.insert(.read) }
        if events & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
        if events & EPOLLERR.rawValue != 0 { readiness.insert(.failure) }
        return readiness
    }
}
