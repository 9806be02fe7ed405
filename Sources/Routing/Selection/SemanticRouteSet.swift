package import GatewayCore

/// The example phrases of all semantic routes as one matrix.
///
/// The nearest example counts and not the mean: a route's examples may lie in several places.
package struct SemanticRouteSet: Sendable {
    private let routes: [SemanticRoute]
    /// All examples, row by row, each filled up with zeros to whole groups.
    private let rows: [SIMD8<Float>]
    private let owners: [Int]
    private let dimension: Int
    private let margin: Float

    /// - Parameter margin: a route decides only when it leads the routes of other tiers by so much.
    /// - Precondition: none. Examples of another dimension than the first one's are left out.
    package init(_ routes: [SemanticRoute], margin: Float = 0.02) {
        self.routes = routes
        self.margin = margin
        dimension = routes.lazy.flatMap(\.examples).first?.dimension ?? 0
        var rows: [SIMD8<Float>] = []
        var owners: [Int] = []
        for (index, route) in routes.enumerated() {
            for example in route.examples where example.dimension == dimension {
                rows += Self.grouped(example)
                owners.append(index)
            }
        }
        self.rows = rows
        self.owners = owners
    }

    /// The nearest route and its lead, whether or not it decides; nil without examples or for a vector of another
    /// dimension.
    package func nearest(to vector: EmbeddingVector) -> SemanticMatch? {
        guard !owners.isEmpty, vector.dimension == dimension else { return nil }
        let query = Self.grouped(vector)
        var best = Array(repeating: -Float.infinity, count: routes.count)
        let matrix = rows.span
        let wanted = query.span
        for (row, owner) in owners.enumerated() {
            var even = SIMD8<Float>.zero
            var odd = SIMD8<Float>.zero
            var index = 0
            let start = row * wanted.count
            while index + 1 < wanted.count {
                even += matrix[start + index] * wanted[index]
                odd += matrix[start + index + 1] * wanted[index + 1]
                index += 2
            }
            if index < wanted.count { even += matrix[start + index] * wanted[index] }
            best[owner] = max(best[owner], (even + odd).sum())
        }
        guard let first = best.indices.max(by: { best[$0] < best[$1] }) else { return nil }
        let route = routes[first]
        let others = best.indices.filter { routes[$0].tier != route.tier }.map { best[$0] }
        let lead = best[first] - (others.max() ?? -1)
        return SemanticMatch(route: route.name, tier: route.tier, cosine: best[first], margin: min(lead, 2))
    }

    /// Whether a match is near enough and clear enough to decide.
    package func decides(_ match: SemanticMatch) -> Bool {
        guard let route = routes.first(where: { $0.name == match.route }) else { return false }
        return match.cosine >= route.threshold && match.margin >= margin
    }

    private static func grouped(_ vector: EmbeddingVector) -> [SIMD8<Float>] {
        let components = vector.components
        return stride(from: 0, to: components.count, by: 8).map { start in
            var group = SIMD8<Float>.zero
            for lane in 0..<min(8, components.count - start) { group[lane] = components[start + lane] }
            return group
        }
    }
}
