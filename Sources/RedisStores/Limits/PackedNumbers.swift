import GatewayCore
import NIOCore
import Routing

/// Numbers as the limit scripts take and give them: little-endian doubles without anything between them.
struct PackedNumbers {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 128) { bytes.reserveCapacity(capacity) }

    mutating func append(_ number: Double) {
        var pattern = number.bitPattern
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: pattern))
            pattern >>= 8
        }
    }

    mutating func append(_ numbers: Double...) {
        for number in numbers { append(number) }
    }

    /// Amounts from 0 to what a double counts exactly.
    mutating func append(amount: Int) {
        append(Double(Limits.countable(amount)))
    }

    /// The numbers of a reply.
    static func numbers(in buffer: ByteBuffer) -> [Double] {
        var buffer = buffer
        var numbers: [Double] = []
        numbers.reserveCapacity(buffer.readableBytes / 8)
        while let pattern = buffer.readInteger(endianness: .little, as: UInt64.self) {
            numbers.append(Double(bitPattern: pattern))
        }
        return numbers
    }
}

extension PackedNumbers {
    /// The thirteen numbers the scripts know a deployment's or a scope's limits by.
    ///
    /// - Parameters:
    ///   - money: of the candidate.
    ///   - last: a candidate's tier; for a scope 1 if its use is counted.
    ///   - now: which of the zone's clocks count. The time itself is the server's: clocks of replicas may differ by
    ///     less than they lie away from a midnight when they are shifted.
    mutating func append(_ limits: Limits, money: Int = 0, last: Double, now: UnixTime) {
        for dimension in LimitDimension.allCases {
            if let limit = limits[dimension] { append(amount: limit) } else { append(.infinity) }
        }
        if let most = limits.concurrency { append(amount: most) } else { append(.infinity) }
        append(Double(limits.window.rawValue))
        append(limits.burst.map { $0 > 0 ? $0 : 0 } ?? 0)
        append(limits.dayStartSeconds(at: Double(now.milliseconds)))
        append(limits.dayShiftSeconds(at: Double(now.milliseconds)))
        append(amount: money)
        append(last)
    }
}
