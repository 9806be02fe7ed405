import RequestAnalysis

extension Pipeline {
    /// The header that says who asks; nil for none.
    package var userHeader: String? { analyzer.userHeader }
}
