package import GatewayCore

/// How a model counts pictures. The forms and their constants are those of the providers' own guides to vision.
package enum ImageTokenRule: Sendable, Equatable {
    /// OpenAI's tiles: the picture is fitted into 2048 × 2048, its shorter side brought down to 768, and each tile of
    /// 512 × 512 counts. Low detail is the base alone.
    case tiles(base: Int, tile: Int)
    /// OpenAI's patches of 32 × 32, at most 1,536 of them, times a factor of the model in thousandths.
    case patches(permille: Int)
    /// Anthropic: pixels ÷ 750, with the longer side brought down to 1,568; about 1,600 at most.
    case area
    /// Gemini: 258 for what fits into 384 × 384, else 258 for each crop.
    case crops
    /// Always the same.
    case fixed(Int)

    /// Of a model of which nothing is known.
    package static let standard = ImageTokenRule.tiles(base: 85, tile: 170)

    /// The tokens of one picture; nil stands for one of unknown size.
    package func tokens(of image: ImageSize?) -> Int {
        let image = image ?? .standard
        switch self {
        case .tiles(let base, let tile): return Self.tiles(image, base: base, tile: tile)
        case .patches(let permille): return Self.patches(image, permille: permille)
        case .area: return Self.area(image)
        case .crops: return Self.crops(image)
        case .fixed(let tokens): return tokens
        }
    }

    private static func tiles(_ image: ImageSize, base: Int, tile: Int) -> Int {
        if image.isLowDetail { return base }
        var (width, height) = (Double(image.width), Double(image.height))
        let fit = min(1, 2048 / max(width, height))
        (width, height) = (width * fit, height * fit)
        let shrink = min(1, 768 / min(width, height))
        (width, height) = (width * shrink, height * shrink)
        return base + tile * Int((width / 512).rounded(.up)) * Int((height / 512).rounded(.up))
    }

    private static func patches(_ image: ImageSize, permille: Int) -> Int {
        func count(_ scale: Double) -> Int {
            Int((Double(image.width) * scale / 32).rounded(.up)) * Int((Double(image.height) * scale / 32).rounded(.up))
        }
        let scale = (1536 * 32 * 32 / (Double(image.width) * Double(image.height))).squareRoot()
        let patches = count(1) <= 1536 ? count(1) : min(1536, count(scale))
        return (patches * permille + 999) / 1000
    }

    private static func area(_ image: ImageSize) -> Int {
        let scale = min(1, 1568 / Double(max(image.width, image.height)))
        let pixels = Double(image.width) * scale * Double(image.height) * scale
        return min(1600, Int((pixels / 750).rounded(.up)))
    }

    private static func crops(_ image: ImageSize) -> Int {
        if image.width <= 384, image.height <= 384 { return 258 }
        let unit = min(max(Int(Double(min(image.width, image.height)) / 1.5), 256), 768)
        return 258 * ((image.width + unit - 1) / unit) * ((image.height + unit - 1) / unit)
    }
}
