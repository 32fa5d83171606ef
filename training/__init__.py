"""How the weights of the neural reader are made: corpora, model, training, export. Not part of the wheel."""
