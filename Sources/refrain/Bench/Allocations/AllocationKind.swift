/// What allocations are counted for.
enum AllocationKind: String, Codable, CaseIterable, Sendable {
    case exactHit = "exact hit"
    case semanticHit = "semantic hit, known text"
    case passThrough = "pass-through"
    case miss = "miss, written back"
    case frame = "frame of a stream"
}
