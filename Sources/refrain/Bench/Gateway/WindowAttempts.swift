/// A window is measured until nothing fails in it, a few times at most.
enum WindowAttempts {
    static let most = 3

    /// - Returns: the figures of the first attempt without a failure, nil when there was none; the void ones before.
    static func firstValid(
        _ measure: () async throws -> Result<WindowFigures, VoidWindowError>
    ) async throws -> (WindowFigures?, [VoidWindow]) {
        var voids: [VoidWindow] = []
        for _ in 0..<most {
            switch try await measure() {
            case .success(let figures):
                for index in voids.indices { voids[index].wasRepeated = true }
                return (figures, voids)
            case .failure(let error): voids.append(error.window)
            }
        }
        return (nil, voids)
    }
}
