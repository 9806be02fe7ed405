/// Names one exchange in logs, headers and records: 16 random bytes in hexadecimal.
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Draws a fresh one.
    package init() {
        var generator = SystemRandomNumberGenerator()
        let words = (generator.next() as UInt64, generator.next() as UInt64)
        description = unsafe withUnsafeBytes(of: words) { unsafe Hexadecimal.encode($0) }
    }
}

/// Who a key belongs to: the outermost wall between answers.
package struct TenantID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ name: String) { description = name }

    /// The tenant of all callers while no tenants are configured.
    package static let open = TenantID("default")
}

/// Names one of the keys that callers send. Only those that have limits of their own, or a team, have a name.
package struct APIKeyID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ name: String) { description = name }
}

/// The hard wall inside which similarity may act: 32 bytes of a keyed digest over tenant, namespace, model class,
/// everything in the request but the question, and the epoch.
package struct PartitionID: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// Nil unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    package var description: String { Hexadecimal.encode(bytes) }

    /// Which of `count` shards (a power of two, at most 256) the partition's keys live in.
    package func shard(of count: Int) -> Int { Int(bytes[0]) & (count - 1) }
}

/// One stored answer: 16 bytes of a keyed digest over partition and folded question, so that the same question
/// asked twice at once anywhere in the fleet becomes one entry.
package struct EntryID: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]

    /// Nil unless there are exactly 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Nil unless `hexadecimal` is 32 hexadecimal digits.
    package init?(hexadecimal: String) {
        guard let bytes = Hexadecimal.decode(hexadecimal) else { return nil }
        self.init(bytes: bytes)
    }

    package var description: String { Hexadecimal.encode(bytes) }
}

/// Names one deployment a route can send to.
package struct DeploymentID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ name: String) { description = name }
}
