/** The REST interface of an MLflow 3 server: experiments, runs, registered models and artifacts, with time limits everywhere. */
@NullMarked
package io.mlpool.mlflow;

import org.jspecify.annotations.NullMarked;
