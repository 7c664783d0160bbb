"""The iris program in Python. It does the same as Examples/IrisWalkthrough, line by line."""

import warnings

from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

warnings.simplefilter("ignore")
x, y = load_iris(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=42)
scaler = StandardScaler()
x_train = scaler.fit_transform(x_train)
x_test = scaler.transform(x_test)
mlp = MLPClassifier(hidden_layer_sizes=(100,), max_iter=100, random_state=42, verbose=True)
mlp.fit(x_train, y_train)
y_pred = mlp.predict(x_test)
print(y_test)
print(y_pred)
print("Precisión del modelo:", accuracy_score(y_test, y_pred))
