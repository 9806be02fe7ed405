internal import GatewayCore
internal import NIOCore

/// The tool calls of one message, put together from fragments that may be interleaved.
struct ToolCallFragments: Sendable {
    private var places = ToolCallPlaces()
    private var calls: [FragmentedObject] = []

    var byteCount: Int { calls.reduce(2) { $0 + $1.byteCount + 1 } }

    /// Adds the fragments of one delta. Returns false when there are too many calls to keep.
    mutating func merge(_ fragments: JSONElement) -> Bool {
        for fragment in fragments.elements {
            guard let place = places.place(of: fragment) else { return false }
            if place.isNew { calls.append(FragmentedObject()) }
            // The index belongs to the stream: in a whole message the place in the array says it.
            for member in fragment.members where !member.hasName("index") {
                calls[place.index].join(member.name, member.value)
            }
        }
        return true
    }

    /// What stands between the brackets: the calls in their order.
    var text: ByteBuffer {
        var output = ByteBuffer()
        for (rank, index) in places.order.enumerated() {
            output.writeStaticString(rank > 0 ? ",{" : "{")
            calls[index].writeMembers(to: &output)
            output.writeStaticString("}")
        }
        return output
    }
}
