import NeuralNetwork

extension MLPHyperparameters {
    /// Creates the parameters from the attributes of a scikit-learn estimator, which have the same names.
    init(_ attributes: SkopsObject.Attributes) throws {
        self.init(
            hiddenLayerSizes: try attributes["hidden_layer_sizes"].sizes,
            activation: try attributes["activation"].choice(of: Activation.allCases.filter(\.isScikitLearns)),
            solver: try attributes["solver"].choice(of: [.lbfgs, .sgd, .adam]),
            alpha: try attributes["alpha"].number,
            batchSize: try attributes["batch_size"].batchSize,
            learningRate: try attributes["learning_rate"].choice(),
            learningRateInit: try attributes["learning_rate_init"].number,
            powerT: try attributes["power_t"].number,
            maxIter: try attributes["max_iter"].integer,
            shuffle: try attributes["shuffle"].bool,
            randomState: try attributes[optional: "random_state"]?.seed,
            tol: try attributes["tol"].number,
            verbose: try attributes["verbose"].bool ? .lines : .warnings,
            warmStart: try attributes["warm_start"].bool,
            momentum: try attributes["momentum"].number,
            nesterovsMomentum: try attributes["nesterovs_momentum"].bool,
            earlyStopping: try attributes["early_stopping"].bool,
            validationFraction: try attributes["validation_fraction"].number,
            beta1: try attributes["beta_1"].number,
            beta2: try attributes["beta_2"].number,
            epsilon: try attributes["epsilon"].number,
            nIterNoChange: try attributes["n_iter_no_change"].count,
            maxFun: try attributes["max_fun"].integer)
    }
}

extension SkopsObject {
    /// One size, or a list, tuple or array of sizes.
    fileprivate var sizes: [Int] {
        get throws {
            if let size = try? integer { return [size] }
            if let elements = try? elements { return try elements.map { try $0.integer } }
            let array = try array
            guard array.shape.count == 1, array.element.size == 8, let sizes = array.integers() else {
                throw unsupported("integers")
            }
            return sizes
        }
    }

    fileprivate var batchSize: BatchSize {
        get throws { (try? string) == "auto" ? .auto : .count(try integer) }
    }

    /// An integer or infinity.
    fileprivate var count: Int {
        get throws { (try? number) == .infinity ? .max : try integer }
    }

    /// The seed; nil for a generator object, whose state is not a seed.
    fileprivate var seed: UInt32? {
        get throws {
            if isRandomState { return nil }
            guard let seed = UInt32(exactly: try integer) else {
                throw malformed("must be an integer from 0 to 4294967295, but is \(try integer)")
            }
            return seed
        }
    }
}
