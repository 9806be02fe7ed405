import GatewayCore
import Routing
import SemanticCache

/// The first target of a request that leads in its process, picked while the fleet is asked: both take one round trip.
struct FirstTurn: Sendable {
    /// Whose the call is.
    enum Whose: Sendable {
        case own(FirstTurn)
        case elsewhere(FleetFlights.Claim)
    }

    /// As they are behind the pick.
    let attempts: RouteAttempts
    let result: Result<RouteAttempt?, GatewayError>

    /// What was reserved at a target is given back when another replica answers; who waits for room then waits no
    /// longer.
    static func of(_ attempts: RouteAttempts, asking duty: FlightDuty) async -> Whose {
        await withTaskGroup(of: FirstTurn.self) { group in
            group.addTask { await pick(attempts) }
            let elsewhere = await duty.ask()
            if elsewhere != nil { group.cancelAll() }
            let picked = await group.next()
            if let elsewhere {
                if case .success(let attempt?)? = picked?.result { attempt.end(.unused) }
                return .elsewhere(elsewhere)
            }
            return .own(picked ?? FirstTurn(attempts: attempts, result: .failure(Dispatch.gone)))
        }
    }

    private static func pick(_ attempts: RouteAttempts) async -> FirstTurn {
        var attempts = attempts
        do throws(GatewayError) {
            let attempt = try await attempts.next()
            return FirstTurn(attempts: attempts, result: .success(attempt))
        } catch {
            return FirstTurn(attempts: attempts, result: .failure(error))
        }
    }
}
