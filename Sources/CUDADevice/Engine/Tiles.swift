import NeuralNetwork

/// How the kernels divide the result of a product among blocks of threads.
///
/// The division depends on the sizes only, never on the card, so that sums have the same order on all cards.
struct Tiles: Equatable {
    /// The rows of a tile.
    let height: Int
    /// The columns of a tile.
    let width: Int

    static let small = Tiles(height: 16, width: 32)
    static let large = Tiles(height: 64, width: 64)

    private init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

    /// The tiles of a result with some rows and columns.
    init(of rows: Int, _ columns: Int) {
        self = blocks(rows, of: 64) * blocks(columns, of: 64) >= 128 ? .large : .small
    }

    /// The tiles of a layer's gradient, inputs × units, over `rows` samples.
    init(gradientOf layer: DenseLayer, rows: Int) {
        self =
            rows >= 2048 && min(layer.fanIn, layer.fanOut) >= 64 ? .large : Tiles(of: layer.fanIn, layer.fanOut)
    }

    /// The number of tiles that cover some rows.
    func down(_ rows: Int) -> Int { blocks(rows, of: height) }

    /// The number of tiles that cover some columns.
    func across(_ columns: Int) -> Int { blocks(columns, of: width) }
}

/// The number of blocks of a size that cover a length.
func blocks(_ length: Int, of size: Int) -> Int { (length + size - 1) / size }

/// The number of elements that a block of the kernels over all parameters processes.
let elementsPerBlock = 4096

/// The number of samples that a block of the last layer's kernel processes.
let rowsOfOutputLayer = 16

/// The number of samples that a block of the kernel after the last layer's product processes.
let rowsOfOutputRows = 4

extension NetworkShape {
    /// Into how many ranges of samples a step divides its gradients. Each range has a gradient of its own, and their sum
    /// is computed in order.
    func splits(rows: Int) -> Int {
        guard rows >= 2048 else { return 1 }
        return layers.map { layer in
            let tiles = Tiles(gradientOf: layer, rows: rows)
            let count = tiles.across(layer.fanOut) * tiles.down(layer.fanIn)
            return max(1, min(16, blocks(256, of: count), rows / 1024))
        }.max() ?? 1
    }
}
