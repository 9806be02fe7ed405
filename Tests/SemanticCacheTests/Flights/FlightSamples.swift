import GatewayCore
import GatewayTesting
import NIOCore

@testable import SemanticCache

/// A part of an answer that is as long as it says.
struct Part: FlightPiece, Equatable {
    let number: Int
    var bytes = 10
}

typealias Table = FlightTable<Part, Int>

/// Made-up calls.
enum FlightSamples {
    static let start = ContinuousClock.now

    static func key(_ number: Int, partition: UInt8 = 1, generation: Int64 = 0) -> FlightKey {
        FlightKey(
            entry: SampleEntries.id(number), partition: SampleEntries.partition(partition), generation: generation)
    }

    static func landing(isKept: Bool = true) -> FlightLanding {
        FlightLanding(
            answer: ByteBuffer(string: "{}"), model: "m", usage: nil, entry: SampleEntries.id(1),
            isFit: isKept, isStored: isKept)
    }

    /// Of a stream that nobody has as a whole.
    static let parts = FlightLanding(
        answer: nil, model: nil, usage: nil, entry: SampleEntries.id(1), isFit: false, isStored: false)

    static let providerFailed = FlightFailure(.provider, GatewayError(.providerFailed, "as told"))
    static let badRequest = FlightFailure(.request, GatewayError(.providerRefused, "as told"))
    static let late = FlightFailure(.own, GatewayError(.providerTimeout, "as told"))

    /// Directions at `degrees` from each other lie in one plane.
    static func course(_ degrees: Double, _ question: String = "How do I cancel?") -> FlightCourse {
        let angle = degrees * Double.pi / 180
        var components = [Float](repeating: 0, count: 16)
        components[0] = Float(cosine(angle))
        components[1] = Float(cosine(Double.pi / 2 - angle))
        return FlightCourse(
            embedding: EmbeddingVector(unit: components), features: GuardFeatures(text: question))
    }

    /// By its series: exact enough below 180°.
    private static func cosine(_ x: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for step in 1...15 {
            term *= -x * x / Double((2 * step - 1) * (2 * step))
            sum += term
        }
        return sum
    }
}

/// A table that expectations can call.
final class TableBox {
    private(set) var table: Table

    init(rules: FlightRules) { table = Table(rules: rules) }

    /// Boards and expects to lead; nil when it does not.
    func lead(
        _ key: FlightKey, course: FlightCourse? = nil, _ wish: FlightWish = TableBox.wish()
    ) -> FlightNumber? {
        if case .leads(let number, _) = board(key, course: course, wish) { number } else { nil }
    }

    /// Boards and expects to follow; nil when it does not.
    func follow(_ key: FlightKey, readsPieces: Bool = true) -> SeatNumber? {
        follow(key, Self.wish(readsPieces: readsPieces))
    }

    /// Boards and expects to follow; nil when it does not.
    func follow(_ key: FlightKey, _ wish: FlightWish) -> SeatNumber? {
        if case .follows(let seat) = board(key, wish) { seat } else { nil }
    }

    func board(
        _ key: FlightKey, course: FlightCourse? = nil, _ wish: FlightWish = TableBox.wish(),
        now: ContinuousClock.Instant = FlightSamples.start
    ) -> FlightBoarding {
        table.board(key, course: course, wish: wish, now: now)
    }

    /// Takes what is 25° away.
    static func wish(
        readsPieces: Bool = true, floor: Float? = 0.9, deadline: Duration? = nil, incidentals: Int = 0,
        failures: Int = 0
    ) -> FlightWish {
        FlightWish(
            readsPieces: readsPieces, floor: floor, deadline: deadline.map { FlightSamples.start + $0 },
            incidentals: incidentals, failures: failures)
    }

    func join(
        _ number: FlightNumber, to other: FlightNumber, similarity: Float = 0.95, readsPieces: Bool = true,
        failures: Int = 0
    ) -> (seat: SeatNumber?, told: Table.Told) {
        table.join(
            number, to: other, similarity: similarity,
            wish: Self.wish(readsPieces: readsPieces, failures: failures))
    }

    func append(_ part: Part, to number: FlightNumber) -> Table.Told { table.append(part, to: number) }

    func land(_ number: FlightNumber, isKept: Bool = true) -> Table.Told {
        table.land(number, FlightSamples.landing(isKept: isKept), now: FlightSamples.start)
    }

    /// Only its parts have the answer.
    func landParts(_ number: FlightNumber) -> Table.Told {
        table.land(number, FlightSamples.parts, now: FlightSamples.start)
    }

    func withdraw(_ number: FlightNumber, for entry: EntryID, similarity: Float? = nil) -> Table.Told {
        table.withdraw(number, for: entry, similarity: similarity, now: FlightSamples.start)
    }

    func fail(_ number: FlightNumber, _ failure: FlightFailure) -> Table.Told { table.fail(number, failure) }

    func listen(_ seat: SeatNumber, waiter: Int) -> String? { news(for: seat, waiter: waiter)?.label }

    func news(for seat: SeatNumber, waiter: Int) -> FlightNews<Part>? { table.listen(seat, waiter: waiter) }

    func leave(_ seat: SeatNumber) -> (told: Table.Told, own: Int?, deserted: FlightNumber?) { table.leave(seat) }

    func forget(_ key: FlightKey) { table.forget(key) }

    var isEmpty: Bool { table.flights.isEmpty && table.seats.isEmpty && table.bytes == 0 }
}

extension FlightNews {
    /// Of the question that is answered; nil for the same, or none.
    var similarity: Float? {
        switch self {
        case .pieces(_, let similarity), .landed(_, let similarity): similarity
        case .failed, .lost, .leads, .again: nil
        }
    }

    /// For comparisons.
    var label: String {
        switch self {
        case .pieces(let pieces, _): "pieces \(pieces.compactMap { ($0 as? Part)?.number })"
        case .landed: "landed"
        case .failed(let failure): "failed \(failure.error(for: .chat).code.rawValue)"
        case .lost: "lost"
        case .leads: "leads"
        case .again(let failures): "again \(failures)"
        }
    }
}
