import NIOConcurrencyHelpers
import NIOCore

/// What the client of a shared stream's leader has not taken yet: between the task that reads the provider's stream for
/// all who share it, the pump, and the one that writes to that client. Until somebody follows, the client's own task
/// reads the stream.
///
/// Any thread. Nobody is resumed under the lock.
final class ReplyPipe: Sendable {
    /// Whether the next frame is to be read.
    enum Room: Sendable {
        case free
        /// The client has not taken what is there.
        case full
        /// Nobody takes it.
        case unwanted
    }

    private struct State: Sendable {
        /// The client's task reads the stream.
        var isBusy = false
        var isFollowed = false
        var isPumped = false
        var frames = CircularBuffer<ByteBuffer>()
        var bytes = 0
        /// The client gets nothing more but what is there.
        var isCut = false
        var isAbandoned = false
        /// The pump has ended.
        var isOver = false
        var client: CheckedContinuation<ByteBuffer?, Never>?
        var pump: CheckedContinuation<Void, Never>?

        /// - Returns: the pump if it waits for room.
        mutating func cut(with last: ByteBuffer?) -> CheckedContinuation<Void, Never>? {
            isCut = true
            frames.removeAll()
            if let last { frames.append(last) }
            bytes = last?.readableBytes ?? 0
            return takePump()
        }

        mutating func takePump() -> CheckedContinuation<Void, Never>? {
            defer { pump = nil }
            return pump
        }

        /// - Returns: whether a pump is to be started.
        mutating func mayStart() -> Bool {
            guard isFollowed, !isBusy, !isPumped else { return false }
            isPumped = true
            return true
        }
    }

    private let limit: Int
    private let state = NIOLockedValueBox(State())

    /// - Parameter limit: what is kept for the client, in bytes; one frame may go beyond it.
    init(limit: Int) { self.limit = limit }

    /// Whether the client's task has left, and not the client alone.
    var isAbandoned: Bool { state.withLockedValue { $0.isAbandoned } }

    // MARK: - The client's task

    /// - Returns: whether it is to read the stream itself, until ``endReading()``.
    func beginReading() -> Bool {
        state.withLockedValue { state in
            guard !state.isPumped else { return false }
            state.isBusy = true
            return true
        }
    }

    /// - Returns: whether a pump is to be started.
    func endReading() -> Bool {
        state.withLockedValue { state in
            state.isBusy = false
            return state.mayStart()
        }
    }

    /// The next frame of the pump's; nil behind its end.
    func take() async -> ByteBuffer? {
        await withCheckedContinuation { (continuation: CheckedContinuation<ByteBuffer?, Never>) in
            let (frame, pump, waits) = state.withLockedValue {
                state -> (ByteBuffer?, CheckedContinuation<Void, Never>?, Bool) in
                if let frame = state.frames.popFirst() {
                    state.bytes -= frame.readableBytes
                    return (frame, state.takePump(), false)
                }
                if !state.isOver { state.client = continuation }
                return (nil, nil, !state.isOver)
            }
            pump?.resume()
            if !waits { continuation.resume(returning: frame) }
        }
    }

    /// It takes no more.
    /// - Returns: whether there is a pump; else none will be, and the stream is the client's task's.
    func abandon() -> Bool {
        let (pump, isPumped) = state.withLockedValue { state in
            state.isAbandoned = true
            if !state.isPumped { state.isBusy = true }
            return (state.cut(with: nil), state.isPumped)
        }
        pump?.resume()
        return isPumped
    }

    // MARK: - Others

    /// Somebody follows.
    /// - Returns: whether a pump is to be started.
    func followed() -> Bool {
        state.withLockedValue { state in
            state.isFollowed = true
            return state.mayStart()
        }
    }

    /// The client is gone.
    func leave() { state.withLockedValue { $0.cut(with: nil) }?.resume() }

    /// Lets a pump look again that waits for room.
    func wake() { state.withLockedValue { $0.takePump() }?.resume() }

    // MARK: - The pump

    /// - Parameter isFollowed: now.
    func room(isFollowed: Bool) -> Room {
        state.withLockedValue { state in
            if state.isCut { return isFollowed ? .free : .unwanted }
            return state.bytes < limit ? .free : .full
        }
    }

    /// Waits until something has changed.
    /// - Parameter whenWaiting: is called when it does; may wake it.
    func waitForRoom(whenWaiting: () -> Void) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let waits = state.withLockedValue { state in
                if state.isCut || state.bytes < limit { return false }
                state.pump = continuation
                return true
            }
            if waits { whenWaiting() } else { continuation.resume() }
        }
    }

    func give(_ frame: ByteBuffer) {
        let client = state.withLockedValue { state -> CheckedContinuation<ByteBuffer?, Never>? in
            if state.isCut { return nil }
            if let client = state.client {
                state.client = nil
                return client
            }
            state.frames.append(frame)
            state.bytes += frame.readableBytes
            return nil
        }
        client?.resume(returning: frame)
    }

    /// The client has not read in time: it gets no more than this.
    func cut(with last: ByteBuffer) { state.withLockedValue { $0.cut(with: last) }?.resume() }

    /// Nothing more comes.
    func end() {
        let client = state.withLockedValue { state in
            state.isOver = true
            defer { state.client = nil }
            return state.client
        }
        client?.resume(returning: nil)
    }
}
