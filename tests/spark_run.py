"""Trace a corpus on real Spark: `python -m tests.spark_run CORPUS FOLDER SETTINGS`.

A program of its own, since the whole of pyspark and its client alone have one name and cannot be
installed side by side: tests run it with the interpreter that LINEAGE_SPARK_PYTHON names.
"""

import json
import os
import sys

import lineage


def main(corpus, folder, settings):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.remote("local[2]")
    for name, value in {
        "spark.sql.shuffle.partitions": "3",
        "spark.default.parallelism": "3",
        # Small tables would come to one partition again.
        "spark.sql.adaptive.coalescePartitions.enabled": "false",
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": f"{folder}-warehouse",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    config = lineage.TraceConfig(**json.loads(settings))
    try:
        lineage.SparkEngine(session).trace(corpus, folder, config)
    finally:
        session.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
