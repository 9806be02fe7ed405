import GatewayCore

extension KeyWatch {
    /// What is to be read.
    enum Reading {
        case file(String, known: FileStamp?)
        case vault(VaultReference)
    }

    /// What a reading came to.
    enum Finding: Sendable {
        case read(Secret, stamp: FileStamp?, lease: Duration?)
        case failed(String)
    }

    /// What somebody should hear of, by the provider's name.
    enum Event: Equatable {
        case changed(String)
        case becameStale(String, reason: String)
        case becameFresh(String)
    }

    /// Which references are due, and what readings mean for the providers' keys.
    struct StateMachine {
        /// One reference, which several providers may share.
        private struct Source {
            let reading: SecretReference
            var keys: [SecretsConfiguration.WatchedKey] = []
            var stamp: FileStamp?
            var due: ContinuousClock.Instant
            var isStale = false
        }

        /// The longest wait after Vault could not be read.
        private static let longestRetry = Duration.seconds(30)

        private let overlap: Duration
        private let refresh: Duration
        private var sources: [Source] = []

        /// - Parameter now: when all keys were read for the first time. Files are looked at again at once, as their
        ///   stamps are not known; Vault is asked after its time.
        init(_ configuration: SecretsConfiguration, now: ContinuousClock.Instant) {
            overlap = configuration.overlap
            refresh = configuration.vault.refresh
            for key in configuration.watched {
                let index = sources.firstIndex { $0.reading == key.reference } ?? sources.count
                if index == sources.count {
                    let isInVault = if case .vault = key.reference { true } else { false }
                    sources.append(Source(reading: key.reference, due: isInVault ? now + refresh : now))
                }
                sources[index].keys.append(key)
            }
        }

        var isEmpty: Bool { sources.isEmpty }

        var asksVault: Bool {
            sources.contains { source in
                if case .vault = source.reading { true } else { false }
            }
        }

        var standings: [(provider: String, isStale: Bool)] {
            sources.flatMap { source in source.keys.map { ($0.provider, source.isStale) } }
        }

        func due(now: ContinuousClock.Instant) -> [(Int, Reading)] {
            sources.enumerated().compactMap { index, source in
                guard source.due <= now else { return nil }
                switch source.reading {
                case .variable: return nil
                case .file(let path): return (index, .file(path, known: source.stamp))
                case .vault(let reference): return (index, .vault(reference))
                }
            }
        }

        mutating func settle(_ index: Int, _ finding: Finding, now: ContinuousClock.Instant) -> [Event] {
            guard sources.indices.contains(index) else { return [] }
            let isInVault = if case .vault = sources[index].reading { true } else { false }
            let keys = sources[index].keys
            let wasStale = sources[index].isStale
            switch finding {
            case .failed(let reason):
                // A file that comes back as it was must be read all the same.
                sources[index].stamp = nil
                sources[index].isStale = true
                if isInVault { sources[index].due = now + min(refresh, Self.longestRetry) }
                return wasStale ? [] : keys.map { .becameStale($0.provider, reason: reason) }
            case .read(let secret, let stamp, let lease):
                sources[index].stamp = stamp
                sources[index].isStale = false
                // Before the lease is over, so that a slow answer is not too late.
                if isInVault { sources[index].due = now + min(refresh, lease.map { $0 / 2 } ?? refresh) }
                var events: [Event] = wasStale ? keys.map { .becameFresh($0.provider) } : []
                for key in keys where key.keys.replace(with: secret, overlap: overlap, now: now) {
                    events.append(.changed(key.provider))
                }
                return events
            }
        }
    }
}
