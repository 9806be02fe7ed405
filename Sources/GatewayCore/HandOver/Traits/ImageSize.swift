/// The size of a picture in a request, for the tokens it will be counted as.
package struct ImageSize: Sendable, Hashable {
    /// In pixels.
    package let width: Int
    package let height: Int
    /// Whether the caller asked for low detail, which some models count as one fixed price.
    package let isLowDetail: Bool

    /// What is assumed of a picture behind a URL and of one whose header cannot be read.
    package static let standard = ImageSize(width: 1024, height: 1024)

    /// Takes sizes from outside: each side is kept between 1 and 65,535.
    package init(width: Int, height: Int, isLowDetail: Bool = false) {
        self.width = min(max(width, 1), 65_535)
        self.height = min(max(height, 1), 65_535)
        self.isLowDetail = isLowDetail
    }
}
