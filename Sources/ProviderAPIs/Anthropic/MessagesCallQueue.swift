/// Brings calls whose pieces alternate into the order of this dialect, where a block ends before the next begins.
///
/// The first call that is not complete is told as it comes. Those behind it wait until its arguments are a whole value,
/// or nothing can come any more; where calls do not alternate nothing waits. What waits is bounded.
struct MessagesCallQueue: Sendable {
    enum Step: Equatable {
        /// The block before it ends.
        case open(Int, id: String, name: String)
        /// Of the block at hand.
        case arguments(String)
    }

    private struct Call {
        let number: Int
        let id: String
        let name: String
        var waiting = ""
    }

    private var current: (number: Int, depth: JSONDepth)?
    private var queue: [Call] = []
    /// Bytes that wait.
    private var waitingBytes = 0
    private let limit: Int

    /// Whether more came than may wait: then nothing more does, and calls are no longer whole.
    private(set) var isOverfull = false

    /// - Parameter limit: bytes that may wait.
    init(limit: Int = 8 << 20) { self.limit = limit }

    mutating func open(_ number: Int, id: String, name: String) -> [Step] {
        guard wait(64 + id.utf8.count + name.utf8.count) else { return [] }
        queue.append(Call(number: number, id: id, name: name))
        return current?.depth.isComplete ?? true ? advance() : []
    }

    /// Pieces of a call that is over, or was never opened, are left out.
    mutating func add(_ text: String, to number: Int) -> [Step] {
        guard !text.isEmpty else { return [] }
        if current?.number == number {
            current?.depth.add(text)
            return [.arguments(text)] + (current?.depth.isComplete == true && !queue.isEmpty ? advance() : [])
        }
        guard let place = queue.firstIndex(where: { $0.number == number }) else { return [] }
        if wait(text.utf8.count) { queue[place].waiting += text }
        return []
    }

    /// All that waits, since something else follows.
    mutating func drain() -> [Step] {
        var steps: [Step] = []
        while !queue.isEmpty { steps += next() }
        current = nil
        return steps
    }

    /// - Returns: whether there is room. A call weighs something even without a byte.
    private mutating func wait(_ size: Int) -> Bool {
        waitingBytes += size
        if waitingBytes > limit { isOverfull = true }
        return !isOverfull
    }

    /// Tells the calls that wait, up to the first that is not complete.
    private mutating func advance() -> [Step] {
        var steps: [Step] = []
        repeat { steps += next() } while !queue.isEmpty && current?.depth.isComplete == true
        return steps
    }

    private mutating func next() -> [Step] {
        let call = queue.removeFirst()
        waitingBytes -= 64 + call.id.utf8.count + call.name.utf8.count + call.waiting.utf8.count
        var depth = JSONDepth()
        depth.add(call.waiting)
        current = (call.number, depth)
        let opening = Step.open(call.number, id: call.id, name: call.name)
        return call.waiting.isEmpty ? [opening] : [opening, .arguments(call.waiting)]
    }
}
