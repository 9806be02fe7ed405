internal import GatewayCore

/// The indices of calls as a client must see them: each call its own. Some servers give all parallel calls the same, or
/// none, and clients then join the arguments of two calls to one.
struct ToolCallIndices: Sendable {
    private var choices: [Int: Shown] = [:]

    private struct Shown {
        var places = ToolCallPlaces()
        /// The index of each call, in the order in which they came.
        var indices: [Int] = []
    }

    /// The fragments of a chunk whose index is wrong, and the right one.
    mutating func corrections(in chunk: StreamChunk) -> [(fragment: JSONElement, index: Int)] {
        var corrections: [(fragment: JSONElement, index: Int)] = []
        for choice in chunk.choices {
            guard let fragments = choice.delta?["tool_calls"], fragments.hasElements else { continue }
            var shown = choices[choice.index] ?? Shown()
            for fragment in fragments.elements {
                guard let place = shown.places.place(of: fragment) else { break }
                let said = fragment["index"]?.integer
                if place.isNew {
                    let isFree = said.map { !shown.indices.contains($0) } ?? false
                    let next = shown.indices.max().flatMap { $0 < .max ? $0 + 1 : nil } ?? 0
                    shown.indices.append(isFree ? said ?? next : next)
                }
                guard shown.indices.indices.contains(place.index) else { continue }
                let index = shown.indices[place.index]
                if index != said { corrections.append((fragment, index)) }
            }
            choices[choice.index] = shown
        }
        return corrections
    }
}
