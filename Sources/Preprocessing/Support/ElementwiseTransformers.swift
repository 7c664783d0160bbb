import Estimators

extension Binarizer: ElementwiseTransformer {}
extension MaxAbsScaler: ElementwiseTransformer {}
extension MinMaxScaler: ElementwiseTransformer {}
extension PowerTransformer: ElementwiseTransformer {}
extension QuantileTransformer: ElementwiseTransformer {}
extension RobustScaler: ElementwiseTransformer {}
extension StandardScaler: ElementwiseTransformer {}
