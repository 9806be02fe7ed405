import GatewayCore
package import Logging
import NIOConcurrencyHelpers
import NIOPosix

/// Keeps providers' keys fresh: looks at files every few seconds and asks Vault now and then.
///
/// A key that cannot be read again stays as it is. One line is logged when that begins and one when it ends.
package final class KeyWatch: Sendable {
    private let configuration: SecretsConfiguration
    private let vault: VaultClient?
    private let logger: Logger
    private let onChange: @Sendable () -> Void
    private let state: NIOLockedValueBox<StateMachine>
    private let environment: @Sendable (String) -> String?

    /// - Parameters:
    ///   - environment: where Vault's token may stand.
    ///   - onChange: called after a provider has got another key.
    /// - Throws: what is missing to ask Vault, where a key stands there.
    package convenience init(
        _ configuration: SecretsConfiguration, logger: Logger, onChange: @escaping @Sendable () -> Void
    ) throws {
        try self.init(configuration, environment: ProcessEnvironment.value, logger: logger, onChange: onChange)
    }

    init(
        _ configuration: SecretsConfiguration, environment: @escaping @Sendable (String) -> String?, logger: Logger,
        now: ContinuousClock.Instant = .now, onChange: @escaping @Sendable () -> Void
    ) throws(ConfigProblem) {
        let machine = StateMachine(configuration, now: now)
        self.vault = machine.asksVault ? try VaultClient(configuration.vault) : nil
        self.configuration = configuration
        self.environment = environment
        self.logger = logger
        self.onChange = onChange
        state = NIOLockedValueBox(machine)
    }

    /// Providers with a key that may change, and whether what is used is only the last that could be read.
    package var standings: [(provider: String, isStale: Bool)] { state.withLockedValue { $0.standings } }

    /// Looks until it is cancelled.
    package func run() async {
        if !state.withLockedValue({ $0.isEmpty }) {
            let pause =
                vault == nil ? configuration.fileInterval : min(configuration.fileInterval, configuration.vault.refresh)
            while !Task.isCancelled {
                await look(now: .now)
                try? await Task.sleep(for: pause)
            }
        }
        await vault?.shutdown()
    }

    /// Looks once at everything that is due.
    func look(now: ContinuousClock.Instant) async {
        for (index, task) in state.withLockedValue({ $0.due(now: now) }) {
            let finding: Finding?
            switch task {
            case .file(let path, let known): finding = await Self.finding(at: path, known: known)
            case .vault(let reference): finding = await self.finding(in: reference)
            }
            // What was broken off by the end of the process says nothing.
            guard let finding, !Task.isCancelled else { continue }
            for event in state.withLockedValue({ $0.settle(index, finding, now: now) }) { tell(event) }
        }
    }

    private static func finding(at path: String, known: FileStamp?) async -> Finding? {
        // A file system may be slow, and the pool of tasks must not wait for it.
        let look = try? await NIOThreadPool.singleton.runIfActive { FileLook(at: path, known: known) }
        switch look {
        case .read(let stamp, let secret): return .read(secret, stamp: stamp, lease: nil)
        case .failed(let problem): return .failed(problem.message)
        case .unchanged, .unsettled, nil: return nil
        }
    }

    private func finding(in reference: VaultReference) async -> Finding? {
        guard let vault else { return nil }
        do throws(ConfigProblem) {
            let (text, lease) = try await vault.read(reference, token: try await token())
            return .read(try SecretSource.checked(text, of: "\(reference)"), stamp: nil, lease: lease)
        } catch {
            return .failed(error.message)
        }
    }

    private func token() async throws(ConfigProblem) -> Secret {
        let reference = configuration.vault.token
        let environment = environment
        let result = try? await NIOThreadPool.singleton.runIfActive { () -> Result<Secret, ConfigProblem> in
            let source = SecretSource(environment: environment) { path in
                try TextFile.read(path, limit: SecretSource.lengthLimit * 2)
            }
            do throws(ConfigProblem) { return .success(try source.read(reference)) } catch { return .failure(error) }
        }
        guard let result else { throw ConfigProblem("expected Vault's token, but the process ends") }
        return try result.get()
    }

    private func tell(_ event: Event) {
        switch event {
        case .changed(let provider):
            logger.notice("a provider has a new key", metadata: ["provider": "\(provider)"])
            onChange()
        case .becameStale(let provider, let reason):
            logger.warning(
                "a provider's key cannot be read again; the last good one stays in use",
                metadata: ["provider": "\(provider)", "reason": "\(reason)"])
        case .becameFresh(let provider):
            logger.notice("a provider's key can be read again", metadata: ["provider": "\(provider)"])
        }
    }
}
