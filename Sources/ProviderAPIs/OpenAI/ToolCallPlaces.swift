internal import GatewayCore
internal import NIOCore

/// Tells which call of a message each fragment of a stream belongs to, fragments of several calls alternating.
struct ToolCallPlaces: Sendable {
    private var calls: [(index: Int, id: String?)] = []

    /// More calls than any model makes; a bound for the search through them.
    private static let most = 512

    /// Where a fragment belongs.
    struct Place {
        /// Counts calls from 0, in the order in which they came.
        let index: Int
        let isNew: Bool
    }

    /// The order in which the calls stand in a whole message: by their own index; those that share one in the order
    /// in which they came.
    var order: [Int] { calls.indices.sorted { (calls[$0].index, $0) < (calls[$1].index, $1) } }

    /// Nil when there are too many.
    mutating func place(of fragment: JSONElement) -> Place? {
        let id = fragment["id"].flatMap { $0.isMeaningful ? String(buffer: $0.innerText) : nil }
        let index = position(of: fragment, id: id)
        if index < calls.count {
            if calls[index].id == nil { calls[index].id = id }
            return Place(index: index, isNew: false)
        }
        guard calls.count < Self.most else { return nil }
        calls.append((fragment["index"]?.integer ?? calls.count, id))
        return Place(index: index, isNew: true)
    }

    /// The call a fragment belongs to: the newest with its index, unless the fragment opens another one. Some
    /// vendors give all parallel calls the index 0, or none: there a new id with a new name tells them apart.
    private func position(of fragment: JSONElement, id: String?) -> Int {
        guard let index = fragment["index"]?.integer else {
            guard let id else { return max(calls.count - 1, 0) }
            return calls.lastIndex { $0.id == id } ?? calls.count
        }
        guard let newest = calls.lastIndex(where: { $0.index == index }) else { return calls.count }
        guard let id, let known = calls[newest].id, known != id else { return newest }
        if let same = calls.lastIndex(where: { $0.index == index && $0.id == id }) { return same }
        let function = fragment["function"] ?? fragment["custom"]
        return function?["name"]?.isMeaningful == true ? calls.count : newest
    }
}
