"""The peer of `mlp serve`: a scikit-learn model behind FastAPI, as most people write it.

    uvicorn --app-dir Benchmarks/Python serve_peer:app --workers 2 --no-access-log --log-level warning

It trains on Examples/AdultStyleTable/people.csv when it starts. Requirements: Benchmarks/requirements-serving.txt.
"""

import pathlib
import warnings

import pandas as pd
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")
people = pd.read_csv(pathlib.Path(__file__).parents[2] / "Examples/AdultStyleTable/people.csv").dropna(subset=["income"])
columns = ColumnTransformer([
    ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "schooling", "hours"]),
    ("strings", OneHotEncoder(handle_unknown="ignore"), ["trade", "region"]),
])
model = make_pipeline(columns, MLPClassifier(hidden_layer_sizes=(8,), random_state=1))
model.fit(people.drop(columns="income"), people["income"])


class Row(BaseModel):
    age: float | None
    schooling: float | None
    hours: float | None
    trade: str | None
    region: str | None


app = FastAPI()


@app.post("/predict")
def predict(row: Row):
    probabilities = model.predict_proba(pd.DataFrame([row.model_dump()]))[0]
    return {
        "prediction": model.classes_[probabilities.argmax()],
        "probabilities": dict(zip(model.classes_, map(float, probabilities))),
    }
