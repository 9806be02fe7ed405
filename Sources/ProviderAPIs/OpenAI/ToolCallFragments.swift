internal import GatewayCore
internal import NIOCore

/// The tool calls of one message, put together from fragments that may be interleaved.
struct ToolCallFragments: Sendable {
    private var calls: [Call] = []

    private struct Call {
        let index: Int
        var members = FragmentedObject()
    }

    /// More calls than any model makes; a bound for the search through them.
    private static let most = 512

    var byteCount: Int { calls.reduce(2) { $0 + $1.members.byteCount + 1 } }

    /// Adds the fragments of one delta. Returns false when there are too many calls to keep.
    mutating func merge(_ fragments: JSONElement) -> Bool {
        for fragment in fragments.elements {
            let position = position(of: fragment)
            if position == calls.count {
                guard calls.count < Self.most else { return false }
                calls.append(Call(index: fragment["index"]?.integer ?? calls.count))
            }
            // The index belongs to the stream: in a whole message the place in the array says it.
            for member in fragment.members where !member.hasName("index") {
                calls[position].members.join(member.name, member.value)
            }
        }
        return true
    }

    /// The call a fragment belongs to: the newest with its index, unless the fragment opens another one. Some
    /// vendors give all parallel calls the index 0, or none: there a new id with a new name tells them apart.
    private func position(of fragment: JSONElement) -> Int {
        let id = fragment["id"].flatMap { $0.isMeaningful ? String(buffer: $0.innerText) : nil }
        guard let index = fragment["index"]?.integer else {
            guard let id else { return max(calls.count - 1, 0) }
            return calls.lastIndex { Self.id(of: $0) == id } ?? calls.count
        }
        guard let newest = calls.lastIndex(where: { $0.index == index }) else { return calls.count }
        guard let id, let known = Self.id(of: calls[newest]), known != id else { return newest }
        if let same = calls.lastIndex(where: { $0.index == index && Self.id(of: $0) == id }) { return same }
        let function = fragment["function"] ?? fragment["custom"]
        return function?["name"]?.isMeaningful == true ? calls.count : newest
    }

    private static func id(of call: Call) -> String? {
        guard let id = call.members["id"]?.string, id.readableBytes > 0 else { return nil }
        return String(buffer: id)
    }

    /// What stands between the brackets: the calls by index; those that share one in the order in which they came.
    var text: ByteBuffer {
        var output = ByteBuffer()
        let order = calls.indices.sorted { (calls[$0].index, $0) < (calls[$1].index, $1) }
        for (place, position) in order.enumerated() {
            output.writeStaticString(place > 0 ? ",{" : "{")
            calls[position].members.writeMembers(to: &output)
            output.writeStaticString("}")
        }
        return output
    }
}
